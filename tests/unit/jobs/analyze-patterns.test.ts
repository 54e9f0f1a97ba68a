import { beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/catalog/failures.ts';
import { failuresReadAtMost, judgedHours, usualHours } from '../../../shared/catalog/patterns.ts';
import { queueNames } from '../../../shared/catalog/queues.ts';
import type { HourlyHistory, MeasuredHour, TimeSpan } from '../../../shared/domain/queue-history.ts';
import { analyzePatterns } from '../../../shared/jobs/analyze-patterns.ts';
import { endedJob } from '../../support/job-builder.ts';
import { MemoryJobStore } from '../../support/memory-job-store.ts';
import { RecordedTelemetry } from '../../support/recorded-telemetry.ts';

const hourMilliseconds = 3_600_000;
const now = Date.UTC(2026, 10, 25, 9, 30);
const to = Date.UTC(2026, 10, 25, 9);
const capacity = {
  booking: 50,
  voice_synthesis: 40,
  notifications: 300,
  ai_generation: 80,
  default: 20,
  image_processing: 20,
  analytics: 10,
};

let store: MemoryJobStore;
let telemetry: RecordedTelemetry;
beforeEach(() => {
  store = new MemoryJobStore();
  telemetry = new RecordedTelemetry();
});

/** Hours of every queue alike, but for what is said of the hour that many before the last. */
function history(special: Readonly<Record<number, Partial<MeasuredHour>>> = {}): HourlyHistory & { asked: TimeSpan[] } {
  const asked: TimeSpan[] = [];
  return {
    asked,
    async readHours(queues, time) {
      asked.push(time);
      const count = (time.to - time.from) / hourMilliseconds;
      const hours = Array.from({ length: count }, (_, index) => ({
        from: time.from + index * hourMilliseconds,
        accepted: 100,
        opportunities: 100,
        defects: index % 20 === 0 ? 1 : 0,
        busy: 2,
        ...special[count - 1 - index],
      }));
      return new Map(queues.map((queue) => [queue, hours]));
    },
  };
}

function fails(code: FailureCode, at = to - 60_000, queue: (typeof queueNames)[number] = 'ai_generation') {
  const job = endedJob('failed', { dead: queue, ended_at: at, error: { code, message: 'no' } });
  store.heads.set(job.id, job);
}

const analyze = (ofHours: HourlyHistory = history(), at = now) =>
  analyzePatterns({ store, history: ofHours, telemetry, now: () => at, capacity });
const found = (queue: string) =>
  telemetry.notes.find(({ event, details }) => event === 'patterns_analyzed' && details.queue === queue)?.details;
const recommended = () =>
  telemetry.notes.filter(({ event }) => event === 'recommendation').map(({ details }) => details);

describe('the hourly analysis', () => {
  it('judges the last day of whole hours against the week before it', async () => {
    const read = history();
    await analyze(read);
    expect(read.asked).toEqual([{ from: to - (judgedHours + usualHours) * hourMilliseconds, to }]);
    await analyze(read, to + 60_000);
    expect(read.asked[1]?.to, 'the hour that just ended is not told yet').toBe(to - hourMilliseconds);
  });

  it('tells each queue’s quality, and recommends nothing when nothing is unusual', async () => {
    await analyze(history({ 3: { defects: 1 } }));
    expect(telemetry.notes).toHaveLength(queueNames.length);
    expect(found('booking')?.quality).toMatchObject({ opportunities: 2_400 });
    expect(found('booking')).toMatchObject({ failures: [], failures_complete: true, broken: [] });
  });

  it('recommends to look for the cause of an hour that chance does not explain, with the figures and the failures', async () => {
    fails('model_unavailable');
    fails('model_unavailable');
    await analyze(history({ 0: { defects: 9 } }));
    const [first] = recommended().filter(({ queue }) => queue === 'ai_generation');
    expect(first).toMatchObject({
      recommendation: 'look_for_cause',
      from: to - hourMilliseconds,
      defects: 9,
      opportunities: 100,
      breaks: expect.arrayContaining(['beyond_three']),
      errors: [{ cause: 'model_unavailable', count: 2 }],
    });
    expect(Number(first?.limit)).toBeLessThan(9);
  });

  it('shows an hour of the day that was out of control, and recommends nothing of it when the newest is well', async () => {
    await analyze(history({ 5: { defects: 9 } }));
    expect(found('booking')?.broken).toMatchObject([{ from: to - 6 * hourMilliseconds, defects: 9 }]);
    expect(recommended()).toEqual([]);
  });

  it('recommends to mend the few causes behind most failures, but not what the request was to blame for', async () => {
    for (let count = 0; count < 6; count++) fails('lease_lost');
    for (let count = 0; count < 3; count++) fails('content_filtered');
    fails('timed_out');
    await analyze();
    expect(recommended()).toMatchObject([
      { recommendation: 'mend_most_frequent', queue: 'ai_generation', error: 'lease_lost', jobs: 6, share: 0.6 },
    ]);
  });

  it('counts failures of the time that is judged, and of no other', async () => {
    fails('lease_lost', to - judgedHours * hourMilliseconds);
    fails('timed_out', to - judgedHours * hourMilliseconds - 1);
    fails('throttled', to);
    await analyze();
    expect(found('ai_generation')?.failures).toMatchObject([{ cause: 'lease_lost', count: 1 }]);
  });

  it('reads a bounded number of failures, and says so', async () => {
    for (let count = 0; count <= failuresReadAtMost; count++) fails('lease_lost');
    await analyze();
    expect(found('ai_generation')).toMatchObject({
      failures: [{ cause: 'lease_lost', count: failuresReadAtMost }],
      failures_complete: false,
    });
  });

  it('recommends capacity for a consumer that was near its limit in an hour, of that queue alone', async () => {
    await analyze(history({ 4: { busy: 8 } }));
    expect(recommended()).toMatchObject([
      {
        recommendation: 'add_capacity',
        queue: 'analytics',
        from: to - 5 * hourMilliseconds,
        busy: 8,
        capacity: 10,
        utilization: 0.8,
      },
    ]);
  });

  it('tells why jobs failed when CloudWatch does not answer, and says that it did not', async () => {
    fails('lease_lost');
    await analyze({ readHours: () => Promise.reject(new Error('away')) });
    expect(found('ai_generation')).toMatchObject({ failures: [{ cause: 'lease_lost' }], missing: 'not_readable' });
    expect(telemetry.warnings.map(({ event }) => event)).toEqual(['metrics_not_readable']);
  });
});
