import { describe, expect, it } from 'vitest';
import { openMetricsText } from '../../../functions/operate/open-metrics.ts';
import { queueStats, type StatsPorts } from '../../../functions/operate/read-queue-stats.ts';
import { openMetrics } from '../../../shared/catalog/queue-figures.ts';
import { queueNames } from '../../../shared/catalog/queues.ts';
import { QueueStats } from '../../../shared/catalog/schemas/queue-stats.ts';
import type { MeasuredQueue, TimeSpan } from '../../../shared/domain/queue-history.ts';
import { parseOpenMetrics } from '../../support/open-metrics.ts';
import { RecordedTelemetry } from '../../support/recorded-telemetry.ts';

const booking: MeasuredQueue = {
  accepted: 600,
  completed: 594,
  failed: 6,
  pickUp: { p50: 20, p95: 310, p99: 800 },
  step: { p50: 1_000, p95: 2_000, p99: 3_000 },
  ageOfOldest: 4,
};

function world(read: StatsPorts['history']['read'] = async () => new Map([['booking', booking]])) {
  const telemetry = new RecordedTelemetry();
  const ports: StatsPorts = {
    counter: { count: async () => ({ waiting: 3, inFlight: 2, delayed: 1, deadLetters: 0 }) },
    consumers: { read: async () => ({ state: 'paused' }), turn: async () => undefined, limit: async () => undefined },
    history: { read },
    telemetry,
    now: () => Date.UTC(2026, 10, 25, 8, 0, 42),
  };
  return { ports, telemetry };
}

describe('the stats of the queues', () => {
  it('are of this moment, and of the sixty whole minutes before it', async () => {
    let asked: TimeSpan | undefined;
    const { ports } = world(async (_, time) => {
      asked = time;
      return new Map();
    });
    const stats = await queueStats(ports);
    expect(stats).toMatchObject({ from: '2026-11-25T07:00:00.000Z', to: '2026-11-25T08:00:00.000Z' });
    expect(asked).toEqual({ from: Date.parse(stats.from), to: Date.parse(stats.to) });
  });

  it('fit their schema, with a reason for every figure that is not known', async () => {
    const stats = QueueStats.parse(await queueStats(world().ports));
    expect(stats.queues[0]).toMatchObject({ queue: 'booking', waiting: 3, defects: 6, dpmo: 10_000, missing: {} });
    expect(stats.queues[1]).toMatchObject({ pick_up: null, missing: { pick_up: 'no_data' } });
  });

  it('tell the moment alone when CloudWatch does not answer', async () => {
    const { ports, telemetry } = world(() => Promise.reject(new Error('no answer')));
    const stats = QueueStats.parse(await queueStats(ports));
    expect(stats.queues[0]).toMatchObject({ waiting: 3, completion_rate: null, missing: { dpmo: 'not_readable' } });
    expect(telemetry.warnings.map(({ event }) => event)).toEqual(['metrics_not_readable']);
  });
});

describe('the same as OpenMetrics', () => {
  it('is text that the format allows, with every family of the catalog', async () => {
    const families = parseOpenMetrics(openMetricsText(await queueStats(world().ports)));
    const wanted = Object.values(openMetrics).map(({ name, type }) => ({ name, type }));
    expect(families.map(({ name, type }) => ({ name, type }))).toEqual(wanted);
  });

  it('has a sample for each queue, with quantiles, and none for what is not known', async () => {
    const families = parseOpenMetrics(openMetricsText(await queueStats(world().ports)));
    const samples = (name: string) => families.find((family) => family.name === name)?.samples ?? [];
    expect(samples('roadtrip_jobs_queue_waiting')).toHaveLength(queueNames.length);
    expect(samples('roadtrip_jobs_queue_paused').map(({ value }) => value)).toContain(1);
    expect(samples('roadtrip_jobs_queue_pick_up_latency_seconds')).toEqual([
      { labels: { queue: 'booking', quantile: '0.5' }, value: 0.02 },
      { labels: { queue: 'booking', quantile: '0.95' }, value: 0.31 },
      { labels: { queue: 'booking', quantile: '0.99' }, value: 0.8 },
    ]);
    expect(samples('roadtrip_jobs_queue_jobs_per_minute')).toContainEqual({
      labels: { queue: 'booking', event: 'completed' },
      value: 9.9,
    });
    expect(samples('roadtrip_jobs_queue_dpmo')).toEqual([{ labels: { queue: 'booking' }, value: 10_000 }]);
  });

  it.each([
    ['no end', '# TYPE a gauge\na 1\n'],
    ['a family twice', '# TYPE a gauge\na 1\n# TYPE b gauge\n# TYPE a gauge\n# EOF\n'],
    ['a sample twice', '# TYPE a gauge\na{q="x"} 1\na{q="x"} 2\n# EOF\n'],
    ['a unit that is not in the name', '# TYPE a gauge\n# UNIT a seconds\n# EOF\n'],
    ['a value that is none', '# TYPE a gauge\na null\n# EOF\n'],
    ['a label that is not closed', '# TYPE a gauge\na{q="x} 1\n# EOF\n'],
  ])('would be told if it had %s', (_, text) => {
    expect(() => parseOpenMetrics(text)).toThrow();
  });
});
