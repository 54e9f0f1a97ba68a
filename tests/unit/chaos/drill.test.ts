import { describe, expect, it } from 'vitest';
import { createFaultKit } from '../../../infra/local/faults/fault-kit.ts';
import { alarmNames, alarms } from '../../../shared/catalog/alarms.ts';
import type { Drill, DrillScene, News } from '../../chaos/drills/drill.ts';
import { drillNames, drills } from '../../chaos/drills/drills.ts';
import { incidentOf, runDrill, type Stage, StageMissing, stageLimits } from '../../chaos/drills/run-drill.ts';
import type { JobDocument } from '../../support/api-client.ts';

const alarmName = 'RoadtripJobs-local-oldest_message_too_old-booking';
const incidentName = 'RoadtripJobs-local-queue_in_trouble-booking';

const firing: readonly News[] = [
  { kind: 'alarm', name: alarmName, state: 'ALARM', reason: 'too old' },
  { kind: 'page', topic: 'pages', subject: 'in trouble', name: incidentName, state: 'ALARM' },
];
const over: readonly News[] = [
  { kind: 'alarm', name: alarmName, state: 'OK', reason: 'young' },
  { kind: 'page', topic: 'pages', subject: 'over', name: incidentName, state: 'OK' },
];

const completed = (job_id: string): JobDocument => ({
  job_id,
  type: 'process_reservation',
  step: 'confirm',
  queue: 'booking',
  duration: 1,
  status: 'completed',
  progress: 100,
  message: 'Done',
  attempt: 1,
  created_at: '2026-11-25T10:00:00.000Z',
  updated_at: '2026-11-25T10:00:01.000Z',
  links: { self: '/self', events: '/events' },
});

/** A service whose alarm fires once it is broken, and ends once it is mended; `leavesOut` is what it fails to do. */
function play(leavesOut?: 'alarm' | 'page' | 'remedy' | 'job') {
  const news: News[] = [];
  let submitted = 0;
  const scene: DrillScene = {
    faults: createFaultKit(),
    submit: async () => `job-${submitted++}`,
    job: async (id) => (leavesOut === 'job' && id !== 'job-0' ? undefined : completed(id)),
    operate: async () => ({}),
    logged: () => [],
    news: () => news.splice(0),
    isInAlarm: () => false,
    isCalm: () => true,
    minute: () => 0,
  };
  const drill: Drill = {
    breaks: 'Nothing takes bookings.',
    alarm: 'oldest_message_too_old',
    queue: 'booking',
    work: { everyMs: 1, atMost: 3 },
    submit: ({ submit }) => submit('/bookings', {}),
    async inflict() {
      news.push(
        ...firing.filter(({ kind }) => kind !== (leavesOut === 'alarm' || leavesOut === 'page' ? leavesOut : '')),
      );
      return {
        what: 'broken',
        felt: ({ job_id }) => `${job_id} waits`,
        remedy: async () => (leavesOut === 'remedy' ? undefined : { by: 'the operator', done: 'mended it' }),
        lift() {
          news.push(...over);
          return 'whole again';
        },
      };
    },
  };
  return { drill, scene };
}

const atOnce = Object.fromEntries(Object.keys(stageLimits).map((stage) => [stage, 0.05]));
const limits: Readonly<Record<Stage, number>> = { ...stageLimits, ...atOnce };

async function linesOf({ drill, scene }: ReturnType<typeof play>, stop = new AbortController().signal) {
  const lines: string[] = [];
  await runDrill(drill, scene, { print: (line) => lines.push(line), waiting: () => {}, stop, limits, pollMs: 1 });
  return lines;
}

describe('a drill', () => {
  it('tells each stage when it is seen, and what became of every job', async () => {
    const lines = await linesOf(play());
    const stages = lines.flatMap((line) => /min \d+ +(\w+)/.exec(line)?.[1] ?? []);
    expect(stages.filter((stage) => stage !== 'cleared')).toEqual([
      'calm',
      'fault',
      'alarm',
      'page',
      'felt',
      'remedy',
      'lifted',
      'page',
      'recovered',
    ]);
    const text = lines.join('\n');
    expect(text).toContain(alarms.oldest_message_too_old.impact);
    expect(text).toMatch(/accepted = (\d) completed .*lost 0/);
    expect(text).toContain('docs/runbook.md#oldest_message_too_old');
  });

  it.each([
    ['alarm', 'alarm'],
    ['page', 'page'],
    ['remedy', 'remedy'],
    ['job', 'the first job that feels it'],
  ] as const)('in which %s never comes fails, and says so', async (leavesOut, stage) => {
    const failure = await linesOf(play(leavesOut)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StageMissing);
    expect(failure).toMatchObject({ stage, message: expect.stringContaining(stage) });
  });

  it('that is stopped ends with the reason', async () => {
    const stop = AbortSignal.abort(new Error('Enough'));
    await expect(linesOf(play(), stop)).rejects.toThrow('Enough');
  });
});

describe.each(drillNames)('the drill %s', (name) => {
  const drill: Drill = drills[name];

  it('says what it breaks, and expects an alarm of a queue that somebody is told of', () => {
    expect(drill.breaks).toMatch(/^[A-Z].+\.$/);
    expect(alarmNames).toContain(drill.alarm);
    expect(alarms[drill.alarm].per).toBe('queue');
    expect(incidentOf(drill)).toMatch(/^RoadtripJobs-local-(queue_in_trouble-|something_to_look_at)/);
  });
});
