import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { expectedBatchMicroUsd, storiesAskedFor } from '../../shared/domain/batch-stories.ts';
import { estimateSeconds } from '../../shared/domain/plan.ts';
import { batchPath } from '../../shared/jobs/job-paths.ts';
import { tooManyStories } from '../../shared/runtime/batch-size.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';

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
  const wrong = tooManyStories(body);
  if (wrong) throw new ProblemError('invalid_request', 'One field is wrong', { errors: [wrong] });
  const seconds = (storiesAskedFor(body) / FEWEST_CONSUMERS) * estimateSeconds('generate_story', body);
  const estimates = { estimateSeconds: seconds, expectedMicroUsd: expectedBatchMicroUsd(body) };
  const plan = { type: 'pregenerate_stories', input: body, options: body, ...estimates } as const;
  const answer = await acceptJob(request, plan, ports);
  const accepted = SubmitAnswer.parse(answer.body);
  const status_url = batchPath(accepted.job_id);
  return {
    ...answer,
    body: { batch_id: accepted.job_id, ...accepted, status_url },
    headers: { ...answer.headers, location: status_url },
  };
}
