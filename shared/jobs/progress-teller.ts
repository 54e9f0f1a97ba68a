import { reportProgress } from '../domain/transitions.ts';
import type { HeldJob } from './held-job.ts';
import type { JobPorts } from './ports.ts';

/** Progress is written at most this often, milliseconds. */
const PROGRESS_MILLISECONDS = 2_000;

/**
 * For so long after the claim nothing is written: whoever follows the job has just seen it start and reads the step's own message, and many
 * steps are done by then. Milliseconds.
 */
const QUIET_MILLISECONDS = 1_500;

/** What an attempt says of how far it is. Progress is a courtesy: that it could not be written is no reason to do the work again. */
export class ProgressTeller {
  readonly #job: HeldJob;
  readonly #telemetry: JobPorts['telemetry'];
  #next: number;
  #untold: { readonly progress: number; readonly message: string } | undefined;

  constructor(job: HeldJob, { telemetry }: Pick<JobPorts, 'telemetry'>) {
    this.#job = job;
    this.#telemetry = telemetry;
    this.#next = job.now() + QUIET_MILLISECONDS;
  }

  /** Writes it, or keeps it until it may be written; what was said before and never written is forgotten. Never rejects. */
  async say(progress: number, message: string): Promise<void> {
    this.#untold = { progress, message };
    await this.catchUp();
  }

  /** Writes what was kept, if it is time. Whether it did: its answer then tells, as a look would, if the job must stop. Never rejects. */
  async catchUp(): Promise<boolean> {
    const now = this.#job.now();
    const said = this.#untold;
    if (!said || now < this.#next) return false;
    this.#untold = undefined;
    this.#next = now + PROGRESS_MILLISECONDS;
    try {
      await this.#job.write((head) => reportProgress(head, now, Math.max(head.progress, said.progress), said.message));
      return true;
    } catch (error) {
      this.#telemetry.warn('progress_not_written', { job_id: this.#job.head.id }, error);
      return false;
    }
  }
}
