import type { JobView, Results, SubmitRoutes } from './contract.ts';

export type JobType = keyof Results;
export type SubmitRoute = keyof SubmitRoutes;
export type JobTypeOf<R extends SubmitRoute> = SubmitRoutes[R]['jobType'];

/** A job of one type as the server shows it. `result` is there as soon as there is something to show: the text before the voice. */
export interface JobOf<T extends JobType> extends Omit<JobView, 'type'> {
  readonly type: T;
  readonly result?: Results[T];
}

/** A job of any type; `type` tells which result it has. */
export type Job = { [T in JobType]: JobOf<T> }[JobType];

/** A job that has ended well. */
export type CompletedJob = { [T in JobType]: JobOf<T> & Completed<T> }[JobType];

interface Completed<T extends JobType> {
  readonly status: 'completed';
  readonly result: Results[T];
}

/** Whether the job has its whole result. */
export function isCompleted(job: Job): job is CompletedJob {
  return job.status === 'completed';
}

/** Whether nothing about the job will change any more. */
export function hasEnded({ status }: Job): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'expired';
}

/** Whether it is of that type, and its result with it. */
export function isOfType<T extends JobType>(job: JobOf<JobType>, type: T): job is JobOf<T> {
  return job.type === type;
}
