import { endSetOf } from '../../shared/domain/batch.ts';
import { isFinal, type Job } from '../../shared/domain/job.ts';
import { childId } from '../../shared/jobs/child-id.ts';
import type { StepResult } from '../../shared/jobs/processor.ts';

/** Children of each batch of the scene; the last one has failed before it could become a job. */
const CHILDREN = 4;

/** What a processor answers that makes some stories of a batch, every second one with a voice. */
export function fannedOut(_batch: Job, plan: unknown): StepResult<unknown> {
  const jobs = Array.from({ length: CHILDREN - 1 }, (_, index) => ({
    index,
    type: 'generate_story' as const,
    input: { location: { latitude: 35.17, longitude: -103.72 }, include_voice: index % 2 === 1 },
  }));
  return { result: plan ?? { planned: true }, children: { total: CHILDREN, jobs, failed: [CHILDREN - 1] } };
}

/** Where the counts of a batch that has ended differ from what became of its children: a sentence for each. */
export function miscounted(batch: Job, heads: ReadonlyMap<string, Job>): string[] {
  if (batch.total === undefined || !isFinal(batch.status)) return [];
  return Array.from({ length: CHILDREN - 1 }, (_, index) => index).flatMap((index) => {
    const child = heads.get(childId(batch.id, index));
    const set = child ? endSetOf(child.status) : 'done_cancelled';
    if (set && batch[set]?.has(index)) return [];
    return [`${batch.id} has not counted its child ${index} as ${child?.status ?? 'never made'}`];
  });
}
