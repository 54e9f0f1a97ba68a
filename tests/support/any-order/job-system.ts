import type { JobStatus } from '../../../shared/domain/job.ts';
import type { CancelAnswer, DoneOutside, SeenJob } from './job-model.ts';

/** What is submitted; each system has a job of its own for each kind. */
export const kinds = ['story', 'narrated story', 'narration', 'booking', 'notification', 'batch', 'probe'] as const;

export type Kind = (typeof kinds)[number];

/** An idempotency key stands for one submission on its route; both kinds of stories have the same. */
export function routeOf(kind: Kind): string {
  return kind === 'narrated story' ? 'story' : kind;
}

export interface Submission {
  readonly kind: Kind;
  readonly priority?: number | undefined;
  /** Seconds until it may start; 0 means at once. */
  readonly delay: number;
  /** Seconds by which it must have ended. */
  readonly expiresIn?: number | undefined;
  readonly key?: string | undefined;
}

export type SubmitAnswer =
  | { readonly kind: 'accepted'; readonly id: string }
  /** The key stands for another submission. */
  | { readonly kind: 'refused' }
  /** It may have been accepted or not. */
  | { readonly kind: 'unanswered' };

/** How what a job asks of others goes wrong. */
export const troubles = ['transient', 'permanent', 'throttled'] as const;

export type Trouble = (typeof troubles)[number];

/** A service whose promises are tested: in memory, or the whole of it on this machine. Everything that can happen to it is a method. */
export interface JobSystem {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Ids of all jobs that are known, children of batches among them. */
  ids(): readonly string[];
  submit(submission: Submission): Promise<SubmitAnswer>;
  /** The owner cancels it. Undefined: no answer. */
  cancel(id: string): Promise<CancelAnswer | undefined>;
  /** The owner, or an operator, gives it another life. Whether it got one. */
  revive(id: string, by: 'owner' | 'operator'): Promise<boolean>;
  /** The next message that is sent comes twice. */
  sendTwice(): void;
  /** A message of those that were ever sent is delivered again; the index is taken modulo their number. */
  deliverAgain(message: number): Promise<void>;
  /** One of them comes out of the dead-letter queue. */
  bury(message: number): Promise<void>;
  /** The next time the job asks others for something, it goes wrong. */
  upset(id: string, trouble: Trouble): void;
  /** The next worker of the job dies at its `call`th call of the database. */
  killWorker(id: string, call: number): void;
  reconcile(): Promise<void>;
  /** Every worker dies at once, and everything begins anew with the records that there are. */
  restart(): Promise<void>;
  see(id: string): Promise<SeenJob>;
  doneFor(id: string): Promise<DoneOutside>;
  /** How the children of a batch stand; undefined if it is none. */
  childrenOf(id: string): Promise<readonly JobStatus[] | undefined>;
  /** Nothing goes wrong any more; resolves when every job has ended. Throws if one does not. */
  settle(): Promise<void>;
}
