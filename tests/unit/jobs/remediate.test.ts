import { beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/catalog/failures.ts';
import type { QueueName } from '../../../shared/catalog/queues.ts';
import { actionsPerHour, pauseMinutes, remedialRedrive } from '../../../shared/catalog/remediations.ts';
import type { QueueConsumer } from '../../../shared/domain/ports.ts';
import { type AlarmNotice, noRemediation } from '../../../shared/domain/remediation.ts';
import { endPauses, forgetPause, remediate } from '../../../shared/jobs/remediate.ts';
import { sameForEveryQueue } from '../../support/every-queue.ts';
import { acceptedAt, endedJob } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';
import { MemoryRemediations } from '../../support/memory-remediations.ts';

let world: JobWorld;
let remediations: MemoryRemediations;
let paused: Set<QueueName>;
let turns: string[];
beforeEach(() => {
  world = new JobWorld();
  remediations = new MemoryRemediations();
  paused = new Set();
  turns = [];
});

const consumers = {
  read: async (queue: QueueName): Promise<QueueConsumer> => ({ state: paused.has(queue) ? 'paused' : 'running' }),
  limit: async () => undefined,
  turn: async (queue: QueueName, to: 'on' | 'off'): Promise<QueueConsumer> => {
    turns.push(`${queue} ${to}`);
    if (to === 'off') paused.add(queue);
    else paused.delete(queue);
    return { state: to === 'off' ? 'pausing' : 'resuming' };
  },
};

const ports = (dryRun = false) => ({
  ...world,
  now: world.now,
  wait: async () => {},
  remediations,
  consumers,
  concurrency: sameForEveryQueue({ usual: 4, most: 4 }),
  dryRun,
});

let notices = 0;
const throttled = (change: AlarmNotice['change'], queue: QueueName = 'ai_generation'): AlarmNotice => ({
  alarm: 'upstream_throttled',
  queue,
  change,
  id: `notice ${++notices}`,
});
const answersAgain = (queue: QueueName = 'ai_generation'): AlarmNotice => ({
  alarm: 'upstream_unavailable',
  queue,
  change: 'ended',
  id: `notice ${++notices}`,
});
const outcomes = () =>
  world.telemetry.notes
    .filter(({ event }) => event === 'remediation')
    .map(({ details }) => details.why ?? details.kind);

describe('while an upstream takes fewer calls than travellers need', () => {
  it('batch work is paused, and resumed when it is over', async () => {
    await remediate(throttled('began'), ports());
    expect(paused).toEqual(new Set(['analytics']));
    await remediate(throttled('ended'), ports());
    expect(paused).toEqual(new Set());
    expect(remediations.state.pauses).toEqual([]);
  });

  it('the pause ends by itself when its time is over, and not before', async () => {
    await remediate(throttled('began'), ports());
    world.time += pauseMinutes * 60_000 - 1;
    await endPauses(ports());
    expect(paused).toEqual(new Set(['analytics']));
    world.time += 1;
    await endPauses(ports());
    expect(paused).toEqual(new Set());
    await endPauses(ports());
    expect(turns).toEqual(['analytics off', 'analytics on']);
  });

  it('the end of another queue’s alarm does not end the pause', async () => {
    await remediate(throttled('began'), ports());
    await remediate(throttled('ended', 'voice_synthesis'), ports());
    expect(paused).toEqual(new Set(['analytics']));
  });

  it('a queue that an operator has paused is left to the operator', async () => {
    paused.add('analytics');
    await remediate(throttled('began'), ports());
    await remediate(throttled('ended'), ports());
    expect(turns).toEqual([]);
  });

  it('a pause that an operator takes over is not ended', async () => {
    await remediate(throttled('began'), ports());
    await forgetPause('analytics', remediations);
    await remediate(throttled('ended'), ports());
    world.time += pauseMinutes * 60_000;
    await endPauses(ports());
    expect(turns).toEqual(['analytics off']);
  });

  it('a pause that cannot be ended at this moment is ended by the next run', async () => {
    await remediate(throttled('began'), ports());
    world.time += pauseMinutes * 60_000;
    await endPauses({ ...ports(), consumers: { ...consumers, turn: async () => undefined } });
    expect(remediations.state.pauses).toHaveLength(1);
    await endPauses(ports());
    expect(paused).toEqual(new Set());
  });
});

describe('when an upstream answers again', () => {
  const failed = (code: FailureCode, fields: { readonly queue?: QueueName; readonly ended_at?: number } = {}) => {
    const { queue = 'ai_generation', ended_at = acceptedAt } = fields;
    const job = endedJob('failed', { dead: queue, queue, ended_at, error: { code, message: 'no' } });
    world.store.heads.set(job.id, job);
    return job.id;
  };
  const redriven = () =>
    world.telemetry.notes.filter(({ event }) => event === 'job_redriven').map(({ details }) => details.job_id);

  it('jobs that failed because it did not are tried again, and no others', async () => {
    const id = failed('model_unavailable');
    failed('content_filtered');
    failed('model_unavailable', { queue: 'voice_synthesis' });
    failed('model_unavailable', { ended_at: acceptedAt - remedialRedrive.failedWithinMinutes * 60_000 - 1 });
    await remediate(answersAgain(), ports());
    expect(redriven()).toEqual([id]);
    expect(world.store.head(id).status).toBe('accepted');
  });

  it('no more of them than the bound', async () => {
    for (let count = 0; count <= remedialRedrive.jobsAtMost; count++) failed('model_unavailable');
    await remediate(answersAgain(), ports());
    expect(redriven()).toHaveLength(remedialRedrive.jobsAtMost);
  });

  it('once, however often the notice comes', async () => {
    for (let count = 0; count <= remedialRedrive.jobsAtMost; count++) failed('model_unavailable');
    const notice = answersAgain();
    await remediate(notice, ports());
    await remediate(notice, ports());
    expect(redriven()).toHaveLength(remedialRedrive.jobsAtMost);
    expect(outcomes()).toEqual(['redrive', 'done_before']);
  });

  it.each(['booking', 'notifications'] as const)('nothing of %s is tried again by itself', async (queue) => {
    failed('payment_unavailable', { queue });
    await remediate(answersAgain(queue), ports());
    expect(redriven()).toEqual([]);
  });
});

describe('remediation', () => {
  it('acts a bounded number of times in an hour, over all alarms, and again in the next', async () => {
    for (let count = 0; count <= actionsPerHour; count++) await remediate(answersAgain(), ports());
    await remediate(throttled('began'), ports());
    expect(outcomes().slice(-2)).toEqual(['too_many_this_hour', 'too_many_this_hour']);
    expect(paused.size).toBe(0);
    world.time += 3_600_000;
    await remediate(throttled('began'), ports());
    expect(paused).toEqual(new Set(['analytics']));
  });

  it('ends a pause also when it may not act any more', async () => {
    await remediate(throttled('began'), ports());
    for (let count = 1; count <= actionsPerHour; count++) await remediate(answersAgain(), ports());
    await remediate(throttled('ended'), ports());
    expect(paused.size).toBe(0);
  });

  it('in a dry run says what it would do, and does and keeps nothing', async () => {
    await remediate(throttled('began'), ports(true));
    expect(turns).toEqual([]);
    expect(remediations.state).toBe(noRemediation);
    expect(world.telemetry.notes).toMatchObject([
      { event: 'remediation', details: { dry_run: true, kind: 'pause', queue: 'analytics' } },
    ]);
  });

  it('of two notices at a moment looks at what the other has done', async () => {
    remediations.meanwhile = () => {
      remediations.meanwhile = () => {};
      remediations.state = {
        ...noRemediation,
        version: 1,
        pauses: [
          { queue: 'analytics', alarm: 'upstream_throttled', alarmQueue: 'voice_synthesis', until: world.time + 1 },
        ],
      };
    };
    await remediate(throttled('began'), ports());
    expect(turns).toEqual([]);
    expect(outcomes()).toEqual(['nothing_to_do']);
  });

  it('is written down before it is done, so that what is done can be undone', async () => {
    const turn = () => Promise.reject(new Error('Lambda does not answer'));
    await expect(remediate(throttled('began'), { ...ports(), consumers: { ...consumers, turn } })).rejects.toThrow();
    expect(remediations.state.pauses).toMatchObject([{ queue: 'analytics' }]);
  });
});
