import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { expectedBatchMicroUsd, storiesAskedFor } from '../../shared/domain/batch-stories.ts';
import { estimateSeconds } from '../../shared/domain/plan.ts';
import { batchPath } from '../../shared/jobs/job-paths.ts';
import { tooManyStories } from '../../shared/runtime/batch-size.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { wrongFields } from '../../shared/runtime/problem.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptJob, type SubmitPlan } from '../../shared/runtime/submit-route.ts';

/** Consumers every queue has at least, so that the estimate errs on the late side. */
const FEWEST_CONSUMERS = 2;

/**
 * Accepts a batch. Whether its places exist is found out by the job, where the gazetteer is: a route that cannot be found fails by itself,
 * and the others go on.
 */
export async function submitBatch(
  request: HttpRequest<'pregenerate_stories'>,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const { body } = request;
  const answer = await acceptJob(request, { options: body, plan: () => planBatch(body) }, ports);
  const accepted = SubmitAnswer.parse(answer.body);
  const status_url = batchPath(accepted.job_id);
  return {
    ...answer,
    body: { batch_id: accepted.job_id, ...accepted, status_url },
    headers: { ...answer.headers, location: status_url },
  };
}

function planBatch(body: HttpRequest<'pregenerate_stories'>['body']): SubmitPlan {
  const wrong = tooManyStories(body);
  if (wrong) throw wrongFields([wrong]);
  return {
    type: 'pregenerate_stories',
    input: body,
    estimateSeconds: (storiesAskedFor(body) / FEWEST_CONSUMERS) * estimateSeconds('generate_story', body),
    expectedMicroUsd: expectedBatchMicroUsd(body),
  };
}
