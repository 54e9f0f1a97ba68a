import { expect, it, vi } from 'vitest';
import * as z from 'zod';

vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
vi.stubEnv('STAGE', 'staging');
const { emitMetrics, telemetry } = await import('../../../shared/runtime/telemetry.ts');

const Line = z.looseObject({
  _aws: z.object({ CloudWatchMetrics: z.tuple([z.object({ Dimensions: z.array(z.array(z.string())) })]) }),
});

it('metrics that are read by queue go out by the queue alone too, with the stage they are of', () => {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  telemetry.count('jobs_completed', { type: 'generate_story', queue: 'ai_generation' });
  emitMetrics.after();
  vi.restoreAllMocks();
  const [line] = written.map((text) => Line.parse(JSON.parse(text)));
  expect(line?._aws.CloudWatchMetrics[0].Dimensions).toEqual([
    ['service', 'type', 'queue'],
    ['service', 'queue'],
  ]);
  expect(line).toMatchObject({ jobs_completed: 1, service: 'roadtrip-jobs-staging', queue: 'ai_generation' });
});
