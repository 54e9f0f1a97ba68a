import type { Job } from '../../shared/domain/job.ts';
import { viewJob } from '../../shared/jobs/job-view.ts';
import { redriveJob } from '../../shared/jobs/redrive-job.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ownJob } from '../../shared/runtime/own-job.ts';
import { limitRequest } from '../../shared/runtime/owner-limits.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';
import type { ControlPorts } from './control-ports.ts';

/** 202: the failed job has another life. 409: it had not failed. Another life counts like a new job. */
export async function retry(
  { route, owner, params }: HttpRequest<'retry_job'>,
  ports: ControlPorts,
): Promise<HttpAnswer> {
  const job = await ownJob(params.job_id, owner, ports.store);
  const revives = job.status === 'failed' && { job: { id: job.id, queue: job.queue } };
  const headers = await limitRequest({ route, owner, ...revives }, ports);
  const revived = await redriveJob(job, ports);
  if (!revived) throw new ProblemError('job_not_failed', whyNot(job), { jobStatus: job.status });
  return { status: 202, body: await viewJob(revived, ports), headers: { ...headers, 'retry-after': '2' } };
}

function whyNot({ status, parent, intended_end }: Job): string {
  if (status !== 'failed') return `The job is ${status}`;
  if (parent) return 'The job is part of a batch, which has counted it; submit it anew';
  return intended_end ? 'The stories of the batch have ended with it; submit it anew' : 'The job is being tried again';
}
