import { cancelJob } from '../../shared/jobs/cancel-job.ts';
import { type ViewPorts, viewJob } from '../../shared/jobs/job-view.ts';
import type { JobPorts } from '../../shared/jobs/ports.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { noSuchJob, ownJob } from '../../shared/runtime/own-job.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';

/** 200: cancelled. 202: the attempt was asked to stop. 409: the job had ended, and is unchanged. */
export async function cancel(request: HttpRequest<'cancel_job'>, ports: JobPorts & ViewPorts): Promise<HttpAnswer> {
  const job = await ownJob(request.params.job_id, request.owner, ports.store);
  const outcome = await cancelJob(job, ports);
  switch (outcome?.kind) {
    case 'cancelled':
      return { status: 200, body: await viewJob(outcome.job, ports) };
    case 'requested':
      return { status: 202, body: await viewJob(outcome.job, ports), headers: { 'retry-after': '2' } };
    case 'ended':
      throw new ProblemError('job_ended', `The job is ${outcome.job.status}; it stays as it is`);
    case undefined:
      throw noSuchJob();
  }
}
