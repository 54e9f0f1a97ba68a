import type { Problem } from './contract.ts';
import type { Job } from './job.ts';

/** Every error of this client; `code` is for programs, `message` for developers. */
export abstract class JobsError extends Error {
  abstract readonly code: string;
}

/** The API refused the request, or could not answer it for as long as the client was patient. */
export class ProblemError extends JobsError {
  override readonly name = 'ProblemError';
  /** The HTTP status. */
  readonly status: number;
  /** A code of the API's problems, such as `invalid_request`; `http_<status>` when a gateway before the API answered. */
  readonly code: string;
  /** Every wrong field; empty for other problems. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** What to tell the operators. */
  readonly requestId: string | undefined;
  /** Seconds after which the server asked to be tried again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Partial<Problem>, retryAfter?: number) {
    const { code = `http_${status}`, errors = [], request_id, title, detail } = problem;
    const wrong = errors.map(({ path, message }) => `${path}: ${message}`);
    super([`${status} ${code}`, detail ?? title ?? 'The request was refused', ...wrong].join('; '));
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.requestId = request_id;
    this.retryAfter = retryAfter;
  }
}

/** No answer of the API came for as long as the client was patient. What was submitted may be running: submit it again with the same key. */
export class NetworkError extends JobsError {
  override readonly name = 'NetworkError';
  readonly code = 'network';
}

/** The caller's signal was aborted. The job itself goes on, unless it was to be cancelled then. */
export class AbortError extends JobsError {
  override readonly name = 'AbortError';
  readonly code = 'aborted';

  constructor() {
    super('Aborted by the caller');
  }
}

/** The job ended without what it was to make. */
export abstract class JobEndError extends JobsError {
  readonly job: Job;
  /** Why, such as `place_unknown`. */
  readonly code: string;

  constructor(job: Job) {
    super(`Job ${job.job_id} ${job.status}: ${job.error?.message ?? job.message}`);
    this.job = job;
    this.code = job.error?.code ?? job.status;
  }
}

/** The work could not be done; trying the same again is unlikely to help. */
export class JobFailedError extends JobEndError {
  override readonly name = 'JobFailedError';
}

/** The work was not done in time. */
export class JobExpiredError extends JobEndError {
  override readonly name = 'JobExpiredError';
}

/** The owner called it off. */
export class JobCancelledError extends JobEndError {
  override readonly name = 'JobCancelledError';
}
