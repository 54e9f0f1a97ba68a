import type { Job } from '../../shared/domain/job.ts';
import { cancelJob } from '../../shared/jobs/cancel-job.ts';
import { viewJob } from '../../shared/jobs/job-view.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { noSuchJob, ownJob } from '../../shared/runtime/own-job.ts';
import { limitRequest } from '../../shared/runtime/owner-limits.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';
import type { ControlPorts } from './control-ports.ts';

/** 200: cancelled, now or before. 202: the attempt was asked to stop. 409: the job had ended, or can only go on, and is unchanged. */
export async function cancel(request: HttpRequest<'cancel_job'>, ports: ControlPorts): Promise<HttpAnswer> {
  const { route, owner } = request;
  const headers = await limitRequest({ route, owner }, ports);
  const job = await ownJob(request.params.job_id, owner, ports.store);
  const outcome = await cancelJob(job, ports);
  switch (outcome?.kind) {
    case 'cancelled':
      return { status: 200, body: await viewJob(outcome.job, ports), headers };
    case 'requested':
      return { status: 202, body: await viewJob(outcome.job, ports), headers: { ...headers, 'retry-after': '2' } };
    case 'beyond_recall':
      throw new ProblemError('job_beyond_recall', beyondRecall(outcome.job), { jobStatus: outcome.job.status });
    case 'ended':
      throw new ProblemError('job_ended', `The job is ${outcome.job.status}; it stays as it is`, {
        jobStatus: outcome.job.status,
      });
    case undefined:
      throw noSuchJob();
  }
}

function beyondRecall({ committed_at, intended_end }: Job): string {
  if (committed_at !== undefined) return 'The job is past the point of no return; it goes on until it is completed';
  return `What the job did is being taken back; it will be ${intended_end?.status}`;
}
