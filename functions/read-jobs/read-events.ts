import { eventsAfter } from '../../shared/jobs/job-events.ts';
import type { ViewPorts } from '../../shared/jobs/job-view.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ownJob } from '../../shared/runtime/own-job.ts';

/** `GET /jobs/events/{job_id}`: what happened to the caller's job after event number `after`. Throws ProblemError 404 for any other job. */
export async function readEvents(request: HttpRequest<'read_events'>, { store }: ViewPorts): Promise<HttpAnswer> {
  const job = await ownJob(request.params.job_id, request.owner, store);
  const events = eventsAfter(job, request.query.after);
  return { status: 200, body: { job_id: job.id, events, last_seq: job.seq } };
}
