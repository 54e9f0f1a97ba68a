import type { JobType } from '../../shared/catalog/job-types.ts';
import type { Job, JobMessage } from '../../shared/domain/job.ts';
import type { JobPorts } from '../../shared/jobs/ports.ts';
import { type Consumer, processMessage } from '../../shared/jobs/process-message.ts';
import type { Processor, StepContext, StepResult } from '../../shared/jobs/processor.ts';
import { acceptedAt } from './job-builder.ts';
import { MemoryJobStore } from './memory-job-store.ts';
import { MemoryOwnerLimits } from './memory-owner-limits.ts';
import { RecordedQueues } from './recorded-queues.ts';
import { RecordedTelemetry } from './recorded-telemetry.ts';

export type Perform = (context: StepContext<unknown, unknown>, step: string) => Promise<StepResult<unknown>>;

/** Everything a use case needs, in memory: a clock that stands still until a test moves it, chance that is no chance. */
export class JobWorld implements JobPorts {
  #deliveries = 0;
  time = acceptedAt;
  /** Milliseconds a function has left when it takes a message. */
  left = 90_000;
  perform: Perform = async () => ({ result: { made: true } });
  /** How often a processor began. */
  runs = 0;
  readonly store = new MemoryJobStore();
  readonly queues: RecordedQueues;
  readonly spending = new MemoryOwnerLimits();
  readonly telemetry = new RecordedTelemetry();
  readonly now: () => number;

  /** `now` lets a test use a clock of its own, for example the one of its fake timers. */
  constructor(now?: () => number) {
    this.now = now ?? (() => this.time);
    this.queues = new RecordedQueues(this.now);
  }

  random = (): number => 0.5;

  /** The consumer of a queue, whose processor is `perform`. */
  consumer(): Consumer {
    const processor: Processor = {
      run: (step, context) => {
        this.runs++;
        return this.perform(context, step);
      },
    };
    return {
      store: this.store,
      queues: this.queues,
      spending: this.spending,
      telemetry: this.telemetry,
      now: this.now,
      random: () => this.random(),
      queue: 'default',
      processorOf: async (_type: JobType) => processor,
      remaining: () => this.left,
    };
  }

  /** Has a consumer take the message. */
  deliver(message: JobMessage, sentAt?: number): Promise<void> {
    this.#deliveries += 1;
    const delivery = { holder: `delivery ${this.#deliveries}`, ...(sentAt !== undefined && { sentAt }) };
    return processMessage(message, delivery, this.consumer());
  }

  /** Has a consumer take the message of the job's current visit. */
  deliverTo(job: Pick<Job, 'id'>): Promise<void> {
    return this.deliver(messageFor(this.store.head(job.id)));
  }

  /** Has consumers take every message that is visible now, and those that follow, until none is left. */
  async deliverAll(): Promise<void> {
    for (let next = this.queues.receive(); next; next = this.queues.receive()) await this.deliver(next.message);
  }
}

export function messageFor({ id, visit }: Pick<Job, 'id' | 'visit'>): JobMessage {
  return { v: 1, id, visit };
}
