import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { Bodies, Health, Results } from './contract.ts';
import type { Follower } from './follower.ts';
import type { CompletedJob, Job, JobTypeOf, SubmitRoute } from './job.ts';
import { healthPath } from './paths.ts';
import { readJob } from './read-job.ts';
import { type FollowOptions, follow, type RunOptions, run } from './run.ts';
import { type Schedules, schedules } from './schedules.ts';
import { type AcceptedJob, type SubmitOptions, submit } from './submit.ts';

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
    /** Takes up a job that was submitted earlier and resolves once it is completed; rejects as the named methods do. */
    follow(jobId: string, options?: FollowOptions<Job>): Promise<CompletedJob>;
  };
  /** Jobs that are made again and again, or once, at their time. */
  readonly schedules: Schedules;
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
      follow: (jobId, options = {}) => follow(follower, jobId, options),
    },
    schedules: schedules(connection),
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
    batch: { stories: method('pregenerate_stories') },
  };
}

type JobMethods = Readonly<ReturnType<typeof jobMethods>>;

function isHealth(body: unknown): body is Health {
  return isRecord(body) && body.status === 'ok';
}
