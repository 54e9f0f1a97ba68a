import { longestRetrySeconds, stepOf, undoStep } from '../catalog/job-types.ts';
import type { JobCost } from '../catalog/schemas/cost.ts';
import { childCounts } from '../domain/batch.ts';
import { addCosts } from '../domain/cost.ts';
import type { Outcome } from '../domain/decide.ts';
import type { Effects } from '../domain/effects.ts';
import { TransientError } from '../domain/errors.ts';
import type { Job } from '../domain/job.ts';
import { percentAt, plannedSteps } from '../domain/plan.ts';
import { failedOutcome, stoppedOutcome } from './attempt-outcome.ts';
import { EffectLedger } from './effect-ledger.ts';
import { fanOut } from './fan-out.ts';
import { HeldJob } from './held-job.ts';
import type { JobPorts } from './ports.ts';
import type { Processor, StepContext } from './processor.ts';
import { ProgressTeller } from './progress-teller.ts';
import { watchJob } from './watch-job.ts';

/** How long a processor may take to heed the signal before the attempt is recorded without it, milliseconds. */
const GRACE_MILLISECONDS = 1_000;

/** A wait limit nearer than this may leave no time for another attempt: the longest wait before one, and a minute to start. */
const NEAR_LIMIT_MILLISECONDS = (longestRetrySeconds + 60) * 1_000;

export interface EndedAttempt {
  /** `taken_over`: someone else has the job. */
  readonly outcome: Outcome | 'taken_over';
  /** The job as the attempt saw it last. */
  readonly head: Job;
  /** What came of its acts, where the record does not know yet. */
  readonly effects: Effects | undefined;
  /** What it has cost. */
  readonly spent: JobCost | undefined;
}

/** Makes one attempt at the current step; `budgetMilliseconds` is the time it may take. */
export async function runStep(
  job: Job,
  processor: () => Promise<Processor>,
  budgetMilliseconds: number,
  ports: JobPorts,
): Promise<EndedAttempt> {
  const held = new HeldJob(job, new AbortController(), ports);
  const timers = [
    setTimeout(() => held.stop('time_out'), budgetMilliseconds),
    ...(job.deadline === undefined
      ? []
      : [setTimeout(() => held.stop('deadline'), Math.max(0, job.deadline - ports.now()))]),
  ];
  const grace = graceAfter(held.signal);
  const progress = new ProgressTeller(held, ports);
  const watch = watchJob(held, progress, ports);
  const attempt = new Attempt(held, progress, ports);
  try {
    const outcome = await Promise.race([attempt.make(processor), grace.outcome]);
    return { outcome, head: held.head, effects: attempt.unwrittenEffects, spent: attempt.spent };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    clearInterval(watch);
    grace.end();
  }
}

class Attempt {
  readonly #job: HeldJob;
  readonly #progress: ProgressTeller;
  readonly #ports: JobPorts;
  #effects: EffectLedger | undefined;
  #spent: JobCost | undefined;

  constructor(job: HeldJob, progress: ProgressTeller, ports: JobPorts) {
    this.#job = job;
    this.#progress = progress;
    this.#ports = ports;
  }

  get unwrittenEffects(): Effects | undefined {
    return this.#effects?.unwritten;
  }

  get spent(): JobCost | undefined {
    return this.#spent;
  }

  async make(processor: () => Promise<Processor>): Promise<Outcome | 'taken_over'> {
    const { head, signal } = this.#job;
    try {
      const input = await this.#ports.store.read(head.id, head.input);
      const planned = plannedSteps(head.type, input);
      const context = await this.#context(input, planned);
      const known = head.result && { as: head.result, value: context.result };
      const loaded = await processor();
      const { result, degraded = [], children } = await loaded.run(head.step, context);
      if (head.step === undoStep.name) return this.#undone();
      if (children) return await fanOut(this.#job.head, result, children, signal, this.#ports);
      const next = planned[planned.indexOf(head.step) + 1];
      return {
        kind: 'done',
        result: await this.#ports.store.keep(head, 'result', result, known),
        degraded,
        ...(next !== undefined && { next: { step: next, progress: percentAt(planned, next, 0) } }),
      };
    } catch (error) {
      if (signal.aborted) return stoppedOutcome(signal);
      return failedOutcome(error, head, this.#ports);
    }
  }

  async #context(input: unknown, planned: readonly string[]): Promise<StepContext<unknown, unknown>> {
    const { head, signal } = this.#job;
    const allowed = stepOf(head.type, head.step)?.failuresAllowed ?? 1;
    const percent = (fraction: number) => percentAt(planned, head.step, fraction);
    const effects = new EffectLedger(this.#job, percent);
    this.#effects = effects;
    return {
      jobId: head.id,
      owner: head.owner,
      acceptedAt: head.accepted_at,
      attempt: head.attempt,
      deadline: head.deadline,
      input,
      result: head.result && (await this.#ports.store.read(head.id, head.result)),
      counts: childCounts(head),
      signal,
      progress: (fraction, message) => this.#progress.say(percent(fraction), message),
      once: (name, effect) => effects.once(name, effect),
      hasBegun: (name) => effects.hasBegun(name),
      takeBack: (name, undoing) => effects.takeBack(name, undoing),
      spend: (cost) => {
        this.#spent = addCosts(this.#spent, cost);
        if (cost.model) this.#ports.telemetry.count('model_cost', {}, cost.model.micro_usd);
      },
      lastChance: head.failures + 1 >= allowed || head.wait_until - this.#ports.now() < NEAR_LIMIT_MILLISECONDS,
    };
  }

  #undone(): Outcome {
    if (!this.#effects?.isOpen) return { kind: 'undone' };
    const error = new TransientError('internal_error', 'The processor has left something that must be taken back');
    return failedOutcome(error, this.#job.head, this.#ports);
  }
}

/** Tells how the attempt ended a while after the signal, for a processor that does not heed it. */
function graceAfter(signal: AbortSignal): { readonly outcome: Promise<Outcome | 'taken_over'>; end(): void } {
  const { promise, resolve } = Promise.withResolvers<Outcome | 'taken_over'>();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => resolve(stoppedOutcome(signal)), GRACE_MILLISECONDS);
  };
  signal.addEventListener('abort', begin, { once: true });
  return {
    outcome: promise,
    end() {
      signal.removeEventListener('abort', begin);
      clearTimeout(timer);
    },
  };
}
