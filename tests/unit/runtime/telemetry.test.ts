import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';

vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
const { submitApi } = await import('../../support/submit-api.ts');
const { emitMetrics, telemetry } = await import('../../../shared/runtime/telemetry.ts');

const Line = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({
        Namespace: z.literal('RoadtripJobs'),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ]),
  }),
});

describe('metrics', () => {
  let written: string[];
  beforeEach(() => {
    written = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** The lines of the invocation that ends here. */
  function emitted() {
    emitMetrics.after();
    return written.map((line) => Line.parse(JSON.parse(line)));
  }

  it('of a job go out by type and queue, and once more by the queue alone, which an alarm can watch', () => {
    telemetry.count('jobs_failed', { type: 'generate_story', queue: 'ai_generation' });
    const [line] = emitted();
    expect(line?._aws.CloudWatchMetrics[0].Dimensions).toEqual([
      ['service', 'type', 'queue'],
      ['service', 'queue'],
    ]);
    expect(line).toMatchObject({ jobs_failed: 1, type: 'generate_story', queue: 'ai_generation' });
  });

  it('of how long requests take leave out one that was held, and no other that would have liked to be', async () => {
    const api = submitApi();
    const durations = () => written.filter((line) => line.includes('request_duration')).length;
    const wait = { headers: { prefer: 'wait=1' } };
    const story = { location: { latitude: 35.17, longitude: -103.72 } };
    await api.post(story, wait);
    expect(durations()).toBe(0);
    await api.post(story);
    await api.post({ ...story, priority: 0 }, wait);
    await api.postTo('/jobs/batch/stories', { routes: [{ origin: 'Moab', destination: 'Flagstaff' }] }, wait);
    expect(durations()).toBe(3);
  });

  it('hold the stage apart from others of the same account', () => {
    telemetry.count('reconciler_runs', {});
    const [line] = emitted();
    expect(line).toMatchObject({ service: 'roadtrip-jobs-dev', reconciler_runs: 1 });
    expect(line?._aws.CloudWatchMetrics[0].Dimensions).toEqual([['service']]);
  });

  it('keep their dimensions when one invocation has more values than a line holds', () => {
    for (let count = 0; count < 250; count++) {
      telemetry.count('jobs_accepted', { type: 'generate_story', queue: 'ai_generation' });
    }
    const lines = emitted();
    expect(lines.flatMap(({ jobs_accepted }) => jobs_accepted)).toHaveLength(250);
    expect(lines.map(({ queue }) => queue)).toEqual(['ai_generation', 'ai_generation', 'ai_generation']);
  });

  it('are written once', () => {
    telemetry.count('reconciler_runs', {});
    expect(emitted()).toHaveLength(1);
    expect(emitted()).toHaveLength(1);
  });
});
