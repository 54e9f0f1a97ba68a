import type { Job } from '../../shared/domain/job.ts';
import { type ViewPorts, viewJob } from '../../shared/jobs/job-view.ts';
import type { JobPorts } from '../../shared/jobs/ports.ts';
import { redriveJob } from '../../shared/jobs/redrive-job.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ownJob } from '../../shared/runtime/own-job.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';

/** 202: the failed job has another life. 409: it had not failed. */
export async function retry(request: HttpRequest<'retry_job'>, ports: JobPorts & ViewPorts): Promise<HttpAnswer> {
  const job = await ownJob(request.params.job_id, request.owner, ports.store);
  const revived = await redriveJob(job, ports);
  if (!revived) throw new ProblemError('job_not_failed', whyNot(job));
  return { status: 202, body: await viewJob(revived, ports), headers: { 'retry-after': '2' } };
}

function whyNot({ status, parent, intended_end }: Job): string {
  if (status !== 'failed') return `The job is ${status}`;
  if (parent) return 'The job is part of a batch, which has counted it; submit it anew';
  return intended_end ? 'The stories of the batch have ended with it; submit it anew' : 'The job is being tried again';
}
