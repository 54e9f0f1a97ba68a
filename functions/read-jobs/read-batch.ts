import { isFinal } from '../../shared/domain/job.ts';
import type { JobStore } from '../../shared/domain/ports.ts';
import { viewBatch } from '../../shared/jobs/batch-view.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ownJob } from '../../shared/runtime/own-job.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';

/** Seconds a client should wait before it looks at an open batch again: its stories take ten each. */
const RETRY_AFTER_SECONDS = 3;

/** 404 for a job that is no batch, as for one that does not exist. */
export async function readBatch(
  { params, owner }: HttpRequest<'read_batch'>,
  { store }: { readonly store: JobStore },
): Promise<HttpAnswer> {
  const job = await ownJob(params.batch_id, owner, store);
  if (job.type !== 'pregenerate_stories') throw new ProblemError('job_not_found', 'There is no batch with this id');
  return {
    status: 200,
    body: await viewBatch(job, store),
    headers: {
      'cache-control': 'private, no-cache',
      ...(!isFinal(job.status) && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
    },
  };
}
