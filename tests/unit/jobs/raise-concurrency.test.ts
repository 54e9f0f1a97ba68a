import { beforeEach, describe, expect, it } from 'vitest';
import type { QueueName } from '../../../shared/catalog/queues.ts';
import { actionsPerHour, raiseMinutes } from '../../../shared/catalog/remediations.ts';
import type { QueueConsumer } from '../../../shared/domain/ports.ts';
import { type AlarmNotice, noRemediation } from '../../../shared/domain/remediation.ts';
import { endRaises } from '../../../shared/jobs/raise-concurrency.ts';
import { remediate } from '../../../shared/jobs/remediate.ts';
import { sameForEveryQueue } from '../../support/every-queue.ts';
import { JobWorld } from '../../support/job-world.ts';
import { MemoryRemediations } from '../../support/memory-remediations.ts';

let world: JobWorld;
let remediations: MemoryRemediations;
/** The consumer of `booking`, and every limit that it was given. */
let consumer: QueueConsumer;
let limits: number[];
let changing: boolean;
beforeEach(() => {
  world = new JobWorld();
  remediations = new MemoryRemediations();
  consumer = { state: 'running', concurrency: 4 };
  limits = [];
  changing = false;
});

const consumers = {
  read: async (): Promise<QueueConsumer> => consumer,
  turn: async () => undefined,
  limit: async (_queue: QueueName, concurrency: number): Promise<QueueConsumer | undefined> => {
    if (changing) return undefined;
    limits.push(concurrency);
    consumer = { ...consumer, concurrency };
    return consumer;
  },
};

const ports = (dryRun = false) => ({
  ...world,
  now: world.now,
  wait: async () => {},
  remediations,
  consumers,
  concurrency: sameForEveryQueue({ usual: 4, most: 8 }),
  dryRun,
});

let notices = 0;
const alarm = (change: AlarmNotice['change']): AlarmNotice => ({
  alarm: 'oldest_message_too_old',
  queue: 'booking',
  change,
  id: `notice ${++notices}`,
});
const said = () =>
  world.telemetry.notes
    .filter(({ event }) => event === 'remediation')
    .map(({ details }) => details.why ?? details.kind);

describe('a queue that does not keep up', () => {
  it('is given half as many runs again, and what the template says when it does keep up', async () => {
    await remediate(alarm('began'), ports());
    expect(consumer.concurrency).toBe(6);
    await remediate(alarm('ended'), ports());
    expect(consumer.concurrency).toBe(4);
    expect(remediations.state.raises).toEqual([]);
    expect(world.telemetry.notes).toMatchObject([
      {
        event: 'remediation',
        details: { operator: 'remediation', kind: 'raise', queue: 'booking', before: 4, concurrency: 6 },
      },
      { event: 'remediation', details: { operator: 'remediation', kind: 'put_back', queue: 'booking' } },
    ]);
  });

  it('is raised once for one notice, however often it comes', async () => {
    const began = alarm('began');
    await remediate(began, ports());
    await remediate(began, ports());
    expect(limits).toEqual([6]);
    await remediate(alarm('ended'), ports());
    await remediate(began, ports());
    expect(limits).toEqual([6, 4]);
    expect(said()).toEqual(['raise', 'raised_already', 'put_back', 'done_before']);
  });

  it('is given no more than the stage lets it, and nothing if it has that already', async () => {
    const bounded = { ...ports(), concurrency: sameForEveryQueue({ usual: 4, most: 5 }) };
    await remediate(alarm('began'), bounded);
    await remediate(alarm('ended'), bounded);
    await remediate(alarm('began'), { ...ports(), concurrency: sameForEveryQueue({ usual: 4, most: 4 }) });
    expect(limits).toEqual([5, 4]);
    expect(said()).toEqual(['raise', 'put_back', 'at_bound']);
  });

  it('is left alone while it is paused', async () => {
    consumer = { state: 'paused', concurrency: 4 };
    await remediate(alarm('began'), ports());
    expect(limits).toEqual([]);
    expect(said()).toEqual(['queue_paused']);
  });

  it('is raised a bounded number of times in an hour, and put back as often', async () => {
    for (let count = 0; count <= actionsPerHour; count++) {
      await remediate(alarm('began'), ports());
      await remediate(alarm('ended'), ports());
    }
    expect(limits).toHaveLength(2 * actionsPerHour);
    expect(said().slice(-2)).toEqual(['too_many_this_hour', 'nothing_to_do']);
    expect(consumer.concurrency).toBe(4);
  });

  it('is only spoken of in a dry run', async () => {
    await remediate(alarm('began'), ports(true));
    expect(limits).toEqual([]);
    expect(remediations.state).toBe(noRemediation);
    expect(world.telemetry.notes).toMatchObject([
      { details: { dry_run: true, kind: 'raise', before: 4, concurrency: 6 } },
    ]);
  });
});

describe('what was raised', () => {
  it('is put back by a later run when it could not be at once', async () => {
    await remediate(alarm('began'), ports());
    changing = true;
    await remediate(alarm('ended'), ports());
    await endRaises(ports());
    expect(consumer.concurrency).toBe(6);
    changing = false;
    await endRaises(ports());
    expect(consumer.concurrency).toBe(4);
    expect(said()).toEqual(['raise', 'put_back', 'time_over']);
  });

  it('is put back by a later run also when Lambda did not answer', async () => {
    await remediate(alarm('began'), ports());
    const limit = () => Promise.reject(new Error('Lambda does not answer'));
    await expect(remediate(alarm('ended'), { ...ports(), consumers: { ...consumers, limit } })).rejects.toThrow();
    await endRaises(ports());
    expect(consumer.concurrency).toBe(4);
  });

  it('is not looked at while a deployment is at work on the consumer', async () => {
    await remediate(alarm('began'), ports());
    consumer = { state: 'changing', concurrency: 4 };
    await remediate(alarm('ended'), ports());
    expect(remediations.state.raises).toHaveLength(1);
    consumer = { state: 'running', concurrency: 6 };
    await endRaises(ports());
    expect(limits).toEqual([6, 4]);
  });

  it('is put back once the queue runs again if an operator has paused it', async () => {
    await remediate(alarm('began'), ports());
    consumer = { state: 'paused', concurrency: 6 };
    await remediate(alarm('ended'), ports());
    await endRaises(ports());
    expect(limits, 'no update touches a queue that somebody has paused').toEqual([6]);
    consumer = { state: 'running', concurrency: 6 };
    await endRaises(ports());
    expect(limits).toEqual([6, 4]);
  });

  it('is put back when its time is over and nobody told the end of the alarm, and not before', async () => {
    await remediate(alarm('began'), ports());
    world.time += raiseMinutes * 60_000 - 1;
    await endRaises(ports());
    expect(consumer.concurrency).toBe(6);
    world.time += 1;
    await endRaises(ports());
    await endRaises(ports());
    expect(limits).toEqual([6, 4]);
  });

  it('stays as a deployment or an operator has set it since', async () => {
    await remediate(alarm('began'), ports());
    consumer = { state: 'running', concurrency: 20 };
    await remediate(alarm('ended'), ports());
    expect(limits).toEqual([6]);
    expect(remediations.state.raises).toEqual([]);
  });

  it('was written down before it was done, so that it will be put back', async () => {
    const limit = () => Promise.reject(new Error('Lambda does not answer'));
    await expect(remediate(alarm('began'), { ...ports(), consumers: { ...consumers, limit } })).rejects.toThrow();
    expect(remediations.state.raises).toMatchObject([{ queue: 'booking', concurrency: 6 }]);
  });
});
