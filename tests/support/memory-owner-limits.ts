import type { QueueName } from '../../shared/catalog/queues.ts';
import {
  dayOf,
  type HeldPlace,
  type HoldAsk,
  judge,
  type LimitAsk,
  levelOf,
  type OwnerLimits,
  type Spent,
  type TakeOutcome,
  tokenMilliseconds,
} from '../../shared/domain/owner-limits.ts';

interface Use {
  readonly full: Record<string, number>;
  readonly unfinished: Record<string, string[]>;
  readonly held: number[];
  spentDay?: string;
  spentMicroUsd: number;
}

/** What owners have used, in memory, as the contract suite asks of it. Tests may make it fail. */
export class MemoryOwnerLimits implements OwnerLimits {
  readonly owners = new Map<string, Use>();
  /** Called at the start of every operation; what it throws, the operation rejects with. */
  fault: (operation: keyof OwnerLimits) => void = () => {};

  async take(ask: LimitAsk): Promise<TakeOutcome> {
    this.fault('take');
    const use = this.#use(ask.owner);
    const verdict = judge(use, ask);
    if (verdict !== 'may_take') return verdict;
    const full = Math.max(use.full[ask.limitClass] ?? 0, ask.now) + tokenMilliseconds(ask.bucket);
    use.full[ask.limitClass] = full;
    if (ask.job)
      use.unfinished[ask.job.queue] = [...new Set([...this.unfinished(ask.owner, ask.job.queue), ask.job.id])];
    return { kind: 'taken', level: levelOf(full, ask.bucket, ask.now) };
  }

  async forget(owner: string, queue: QueueName, ids: readonly string[]): Promise<void> {
    this.fault('forget');
    this.#use(owner).unfinished[queue] = this.unfinished(owner, queue).filter((id) => !ids.includes(id));
  }

  async spend(owner: string, { microUsd, now, ended }: Spent): Promise<void> {
    this.fault('spend');
    const use = this.#use(owner);
    const isFirstOfDay = (use.spentDay ?? '') < dayOf(now);
    use.spentMicroUsd = microUsd + (isFirstOfDay ? 0 : use.spentMicroUsd);
    if (isFirstOfDay) use.spentDay = dayOf(now);
    for (const queue of ended?.queues ?? []) await this.forget(owner, queue, [ended?.id ?? '']);
  }

  async hold(owner: string, { most, until, now }: HoldAsk): Promise<HeldPlace | undefined> {
    this.fault('hold');
    const { held } = this.#use(owner);
    const place = Array.from({ length: most }, (_, index) => index).find((index) => (held[index] ?? 0) <= now);
    if (place === undefined) return undefined;
    held[place] = until;
    return { place, until };
  }

  async release(owner: string, { place, until }: HeldPlace): Promise<void> {
    this.fault('release');
    const { held } = this.#use(owner);
    if (held[place] === until) held[place] = 0;
  }

  /** What the owner has spent on the latest day of spending, micro-dollars. */
  spent(owner: string): number {
    return this.#use(owner).spentMicroUsd;
  }

  /** The owner's list of unfinished jobs. */
  unfinished(owner: string, queue: QueueName): string[] {
    return this.#use(owner).unfinished[queue] ?? [];
  }

  #use(owner: string): Use {
    const use = this.owners.get(owner) ?? { full: {}, unfinished: {}, held: [], spentMicroUsd: 0 };
    this.owners.set(owner, use);
    return use;
  }
}
