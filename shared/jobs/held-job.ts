import { type Change, holds, trimmed } from '../domain/change.ts';
import { held } from '../domain/guards.ts';
import { canBeStopped, type Job } from '../domain/job.ts';
import type { JobPorts } from './ports.ts';

/** Why an attempt is told to stop. */
export type Stop = 'cancel' | 'deadline' | 'time_out' | 'taken_over';

/** The job that an attempt holds, as it saw it last; all that the attempt writes while it runs goes through here. */
export class HeldJob {
  #head: Job;
  readonly #control: AbortController;
  readonly #ports: JobPorts;

  constructor(job: Job, control: AbortController, ports: JobPorts) {
    this.#head = job;
    this.#control = control;
    this.#ports = ports;
  }

  get head(): Job {
    return this.#head;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#ports.now();
  }

  /** Aborts once the attempt must stop; the reason is a `Stop`. */
  get signal(): AbortSignal {
    return this.#control.signal;
  }

  /** Has the attempt stop; a job that can only go forward or back heeds neither a cancel nor its deadline. */
  stop(reason: Stop): void {
    const isRecall = reason === 'cancel' || reason === 'deadline';
    if (isRecall && !canBeStopped(this.#head)) return;
    this.#control.abort(reason);
  }

  /**
   * Carries out a change of the job. False when it was not, because the attempt must stop, or the change does not fit any more. Rejects when
   * the record could not be written.
   */
  async write(changeOf: (head: Job, now: number) => Change): Promise<boolean> {
    const before = this.#head;
    const outcome = await this.#ports.store.apply(trimmed(changeOf(before, this.now()), before));
    if (!outcome.job || !holds(held(before), outcome.job)) {
      this.stop('taken_over');
      return false;
    }
    if (outcome.job.seq >= this.#head.seq) this.#head = outcome.job; // answers may overtake each other
    if (outcome.job.cancel_at !== undefined) this.stop('cancel');
    if (outcome.applied || this.signal.aborted) return outcome.applied;
    return outcome.job.seq > before.seq && this.write(changeOf);
  }
}
