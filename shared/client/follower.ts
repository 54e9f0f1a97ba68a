import type { Job } from './job.ts';

/**
 * Follows one job until it has ended: reports each state that differs from the last, the final one included, and resolves with that,
 * however the job ended. Rejects with AbortError, ProblemError or NetworkError. Polling is one way; pushed events will be another.
 */
export type Follower = (request: FollowRequest) => Promise<Job>;

export interface FollowRequest {
  readonly jobId: string;
  /** Seconds before the first look; the server said so when it accepted the job. */
  readonly firstLookAfter: number;
  /** At least so many seconds between two looks. */
  readonly pollInterval: number;
  readonly onChange: (job: Job) => void;
  readonly signal: AbortSignal | undefined;
}
