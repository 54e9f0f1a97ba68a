import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import { type AskOptions, type AssistantAnswer, askAssistant } from './ask-assistant.ts';
import { cancelJob } from './cancel.ts';
import type { AskAssistantRequest, Batch, Bodies, Health, JobEvents, JobSummary, Results } from './contract.ts';
import type { Follower } from './follower.ts';
import type { CompletedJob, Job, JobTypeOf, SubmitRoute } from './job.ts';
import { healthPath } from './paths.ts';
import { type Photo, type PhotoOptions, uploadAndProcess } from './photo.ts';
import { readBatch } from './read-batch.ts';
import { type EventsOptions, readEvents } from './read-events.ts';
import { readJob } from './read-job.ts';
import { type RecentOptions, recentJobs } from './recent.ts';
import { retryJob } from './retry.ts';
import { type FollowOptions, follow, type RunOptions, run } from './run.ts';
import { type Schedules, schedules } from './schedules.ts';
import { type AcceptedJob, type SubmitOptions, submit } from './submit.ts';
import { webhookSecret } from './webhook-secret.ts';

/**
 * Runs one kind of job as if it were a function call. Rejects with ProblemError (the request is refused), JobFailedError,
 * JobExpiredError, JobCancelledError, AbortError, or NetworkError once the client's patience has ended.
 */
export type JobMethod<R extends SubmitRoute> = (
  body: Bodies[R],
  options?: RunOptions<JobTypeOf<R>>,
) => Promise<Results[JobTypeOf<R>]>;

export interface JobsClient extends JobMethods {
  readonly jobs: {
    /** What the named methods do, for any route. */
    run<R extends SubmitRoute>(
      route: R,
      body: Bodies[R],
      options?: RunOptions<JobTypeOf<R>>,
    ): Promise<Results[JobTypeOf<R>]>;
    /** Submits and does not wait. */
    submit<R extends SubmitRoute>(route: R, body: Bodies[R], options?: SubmitOptions): Promise<AcceptedJob>;
    /** The job as it is now. */
    status(jobId: string, options?: { readonly signal?: AbortSignal }): Promise<Job>;
    /** The batch as it is now, with the state of each of its stories and when the journey comes to it. */
    batch(batchId: string, options?: { readonly signal?: AbortSignal }): Promise<Batch>;
    /** What happened to the job, oldest first; with `after`, what is new since. */
    events(jobId: string, options?: EventsOptions): Promise<JobEvents>;
    /** Takes up a job that was submitted earlier and resolves once it is completed; rejects as the named methods do. */
    follow(jobId: string, options?: FollowOptions<Job>): Promise<CompletedJob>;
    /**
     * Cancels a job and resolves with it as it is then: cancelled, being asked to stop, or ended otherwise before. Rejects with ProblemError when
     * there is no such job, or it can only go on.
     */
    cancel(jobId: string, options?: { readonly signal?: AbortSignal }): Promise<Job>;
    /**
     * Tries a failed job again and resolves with it as it is then; `follow` it to its end. Rejects with ProblemError when there is no such job, or it
     * has ended otherwise.
     */
    retry(jobId: string, options?: { readonly signal?: AbortSignal }): Promise<Job>;
    /** The caller's jobs, newest first, as many as are asked for: pages are fetched on the way. */
    recent(options?: RecentOptions): AsyncIterable<JobSummary>;
  };
  readonly uploads: {
    /** Uploads a photo, has it processed and resolves with its pictures, as `image.process` does of one that is uploaded already. */
    photo(photo: Photo, options?: PhotoOptions): Promise<Results['process_image']>;
  };
  readonly webhooks: {
    /** What the webhooks to the caller's receivers are signed with: the `secret` of `verifyWebhook`. */
    secret(options?: { readonly signal?: AbortSignal }): Promise<string>;
  };
  /** Jobs that are made again and again, or once, at their time. */
  readonly schedules: Schedules;
  readonly assistant: {
    /** Asks the assistant: resolves with its answer, or with what the job made that the message became. Rejects as the named methods do. */
    ask(body: AskAssistantRequest, options?: AskOptions): Promise<AssistantAnswer>;
  };
  /** Whether the API answers. Needs no token and tries once. */
  health(): Promise<Health>;
}

/** The client over any way of following a job. */
export function jobsClient(connection: Connection, follower: Follower): JobsClient {
  return {
    ...jobMethods(
      (route) =>
        (body, options = {}) =>
          run(connection, follower, { route, body, options }),
    ),
    jobs: {
      run: (route, body, options = {}) => run(connection, follower, { route, body, options }),
      submit: async (route, body, options = {}) => {
        const { jobId, statusUrl } = await submit(connection, route, body, options);
        return { jobId, statusUrl };
      },
      status: (jobId, { signal } = {}) => readJob(connection, jobId, signal),
      batch: (batchId, { signal } = {}) => readBatch(connection, batchId, signal),
      events: (jobId, options = {}) => readEvents(connection, jobId, options),
      follow: (jobId, options = {}) => follow(connection, follower, jobId, options),
      cancel: (jobId, { signal } = {}) => cancelJob(connection, jobId, signal),
      retry: (jobId, { signal } = {}) => retryJob(connection, jobId, signal),
      recent: (options = {}) => recentJobs(connection, options),
    },
    uploads: {
      photo: (photo, options = {}) => uploadAndProcess(connection, follower, photo, options),
    },
    webhooks: {
      secret: ({ signal } = {}) => webhookSecret(connection, signal),
    },
    schedules: schedules(connection),
    assistant: { ask: (body, options = {}) => askAssistant(connection, follower, body, options) },
    health: async () => {
      const impatient = { ...connection, patience: 0 };
      return (await ask(impatient, { method: 'GET', path: healthPath, needsToken: false, isBody: isHealth })).body;
    },
  };
}

/** The nice name of each route; what a method takes and gives follows from the route. */
function jobMethods(method: <R extends SubmitRoute>(route: R) => JobMethod<R>) {
  return {
    story: { generate: method('generate_story') },
    voice: { synthesize: method('synthesize_voice') },
    image: { process: method('process_image') },
    booking: { process: method('process_reservation'), cancel: method('cancel_reservation') },
    highlights: { generate: method('generate_highlights') },
    notification: { send: method('send_notification') },
    batch: { stories: method('pregenerate_stories') },
  };
}

type JobMethods = Readonly<ReturnType<typeof jobMethods>>;

function isHealth(body: unknown): body is Health {
  return isRecord(body) && body.status === 'ok';
}
