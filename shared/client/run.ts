import type { Connection } from './ask.ts';
import { cancelWhenAborted } from './cancel.ts';
import type { Bodies, Results } from './contract.ts';
import { JobCancelledError, JobExpiredError, JobFailedError, NetworkError } from './errors.ts';
import type { Follower } from './follower.ts';
import type { SubmitRoute } from './job.ts';
import { type CompletedJob, isCompleted, isOfType, type Job, type JobOf, type JobType, type JobTypeOf } from './job.ts';
import { submitRoutes } from './paths.ts';
import { type SubmitOptions, type SubmittedJob, submit } from './submit.ts';
import { throwIfAborted, untilAborted } from './wait.ts';

export interface FollowOptions<Followed> {
  /**
   * Called with the whole job at each change, the last one included: `progress`, `message`, and `result` as soon as there is some, such
   * as the text of a story while its voice is made. What it throws ends the following.
   */
  readonly onProgress?: (job: Followed) => void;
  /** Ends the following with AbortError; the job itself goes on, unless `cancelOnAbort`. */
  readonly signal?: AbortSignal;
  /** Whether an aborted signal also cancels the job: in the background, as far as the network allows. Default false. */
  readonly cancelOnAbort?: boolean;
  /** At least so many seconds between two looks. Default 0: as often as the server allows, which it says each time. */
  readonly pollInterval?: number;
}

export interface RunOptions<T extends JobType> extends FollowOptions<JobOf<T>>, SubmitOptions {
  /** Called with the job's id once it is accepted: keep it, and `jobs.follow` takes the job up again after a restart of the app. */
  readonly onAccepted?: (jobId: string) => void;
}

/** Submits a job, follows it to its end and resolves with what it made. */
export async function run<R extends SubmitRoute>(
  connection: Connection,
  follower: Follower,
  { route, body, options }: { route: R; body: Bodies[R]; options: RunOptions<JobTypeOf<R>> },
): Promise<Results[JobTypeOf<R>]> {
  const { signal, cancelOnAbort = false } = options;
  throwIfAborted(signal);
  // A submit that is cut off may have been accepted all the same, so one that must leave nothing behind goes on until its job is known.
  const { signal: _, ...steadily } = options;
  const submitting = submit(connection, route, body, cancelOnAbort ? steadily : options);
  const idOfRunning = async () => {
    const { jobId, ended } = await submitting;
    return ended ? undefined : jobId;
  };
  const stop = cancelOnAbort ? cancelWhenAborted(connection, signal, idOfRunning) : () => {};
  try {
    return await resultOf(route, await untilAborted(submitting, signal), follower, options);
  } finally {
    stop();
  }
}

async function resultOf<R extends SubmitRoute>(
  route: R,
  { jobId, retryAfter, ended }: SubmittedJob,
  follower: Follower,
  { onAccepted, onProgress, signal, pollInterval = 0 }: RunOptions<JobTypeOf<R>>,
): Promise<Results[JobTypeOf<R>]> {
  onAccepted?.(jobId);
  const type: JobTypeOf<R> = submitRoutes[route].jobType;
  const onChange = (job: Job) => {
    if (isOfType(job, type)) onProgress?.(job);
  };
  if (ended) onChange(ended);
  const request = { jobId, firstLookAfter: retryAfter, pollInterval, onChange, signal };
  const job = completed(ended ?? (await follower(request)));
  if (isOfType(job, type) && job.result !== undefined) return job.result;
  throw new NetworkError(`The API answered with a job of type ${job.type}`);
}

/** Follows a job that was accepted earlier to its end. */
export async function follow(
  connection: Connection,
  follower: Follower,
  jobId: string,
  options: FollowOptions<Job>,
): Promise<CompletedJob> {
  const { onProgress, signal, pollInterval = 0, cancelOnAbort = false } = options;
  const stop = cancelOnAbort ? cancelWhenAborted(connection, signal, async () => jobId) : () => {};
  const onChange = (job: Job) => onProgress?.(job);
  try {
    return completed(await follower({ jobId, firstLookAfter: 0, pollInterval, onChange, signal }));
  } finally {
    stop();
  }
}

/** The job, if it has ended well; throws for any other end. */
export function completed(job: Job): CompletedJob {
  if (isCompleted(job)) return job;
  switch (job.status) {
    case 'cancelled':
      throw new JobCancelledError(job);
    case 'expired':
      throw new JobExpiredError(job);
    default:
      throw new JobFailedError(job);
  }
}
