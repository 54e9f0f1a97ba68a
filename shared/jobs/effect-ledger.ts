import { beginEffect, recordEffects } from '../domain/effect-transitions.ts';
import { type Effects, isAnyOpen, type RecordedEffect } from '../domain/effects.ts';
import { PermanentError } from '../domain/errors.ts';
import type { Effect, TakingBack, WhenUnknown } from './effect.ts';
import type { HeldJob } from './held-job.ts';

/**
 * The outside acts of one job, as its attempt does them. Each is on the record before it is done. What came of it is kept here until the next
 * write of the record takes it along; if the attempt dies before, the act is begun for the record, and the next attempt asks its provider.
 */
export class EffectLedger {
  #effects: Effects;
  #isWritten = true;
  #isBusy = false;
  readonly #job: HeldJob;
  /** Percent of the whole job at a fraction of the step. */
  readonly #percentAt: (fraction: number) => number;

  constructor(job: HeldJob, percentAt: (fraction: number) => number) {
    this.#effects = job.head.effects ?? {};
    this.#job = job;
    this.#percentAt = percentAt;
  }

  /** What the next write of the record must take along. */
  get unwritten(): Effects | undefined {
    return this.#isWritten ? undefined : this.#effects;
  }

  /** Whether something that must be taken back is not. */
  get isOpen(): boolean {
    return isAnyOpen(this.#effects);
  }

  hasBegun(name: string): boolean {
    const state = this.#effects[name]?.state;
    return state === 'begun' || state === 'done';
  }

  /** Does the act, unless it is done; tells what came of it. Throws the reason of the signal when the attempt must stop. */
  once<T>(name: string, effect: Effect<T>): Promise<T> {
    return this.#alone(() => this.#once(name, effect));
  }

  /** Takes the act back, unless it never happened or is taken back already. */
  takeBack<T>(name: string, undoing: TakingBack<T>): Promise<void> {
    return this.#alone(() => this.#takeBack(name, undoing));
  }

  async #once<T>(name: string, effect: Effect<T>): Promise<T> {
    const known = this.#effects[name];
    if (known?.state === 'done') return outcomeOf(known, effect);
    if (known?.state !== 'begun') return this.#begin(name, effect, (known?.generation ?? 0) + 1);
    const found = await find(effect.onUnknown, this.#keyOf(name, known.generation));
    // Written again: an attempt that the job was taken from must not act on what it remembers.
    if (!found) return this.#begin(name, effect, known.generation, known);
    this.#setDone(name, known, found.outcome);
    return found.outcome;
  }

  async #takeBack<T>(name: string, undoing: TakingBack<T>): Promise<void> {
    const known = this.#effects[name];
    if (known?.state !== 'begun' && known?.state !== 'done') return;
    const key = this.#keyOf(name, known.generation);
    const done = known.state === 'done' ? outcomeOf(known, undoing) : await undoing.lookUp(key);
    this.#job.signal.throwIfAborted();
    if (done !== undefined) await undoing.act(done, `${key}:undo`);
    await this.#record({ ...this.#effects, [name]: { ...known, state: 'taken_back' } });
  }

  /** All acts are in one field of the record: two at a time would forget one of them. */
  async #alone<T>(act: () => Promise<T>): Promise<T> {
    if (this.#isBusy) throw new Error('The acts of one job are done one after another');
    this.#isBusy = true;
    try {
      return await act();
    } finally {
      this.#isBusy = false;
    }
  }

  /** `known` is the act of the same generation that an earlier attempt began; nobody knows what came of it. */
  async #begin<T>(name: string, effect: Effect<T>, generation: number, known?: RecordedEffect): Promise<T> {
    this.#job.signal.throwIfAborted();
    const { message, fraction = 0, takenBack = false, commits = false } = effect;
    const progress = this.#percentAt(fraction);
    const begun: RecordedEffect = { state: 'begun', generation, at: this.#job.now(), must_undo: takenBack };
    const effects = { ...this.#effects, [name]: begun };
    const ending = message === undefined ? {} : { message };
    await this.#write((head, now) => beginEffect(head, now, { effects, commits, progress, ...ending }));
    this.#take(effects);
    if (this.#job.signal.aborted && !known) await this.#refuse(name, begun, effect.commits); // it is sure not to have happened
    return this.#act(name, begun, effect);
  }

  async #act<T>(name: string, begun: RecordedEffect, effect: Effect<T>): Promise<T> {
    this.#job.signal.throwIfAborted();
    const outcome = await effect.act(this.#keyOf(name, begun.generation)).catch(async (error: unknown) => {
      if (error instanceof PermanentError) await this.#refuse(name, begun, effect.commits);
      throw error;
    });
    this.#setDone(name, begun, outcome);
    return outcome;
  }

  /** Nothing happened, so there is nothing to take back, and a commitment to it is void. */
  #refuse(name: string, begun: RecordedEffect, commits = false): Promise<void> {
    const isCommitted = this.#job.head.committed_at !== undefined && !commits;
    return this.#record({ ...this.#effects, [name]: { ...begun, state: 'refused' } }, isCommitted);
  }

  #setDone(name: string, begun: RecordedEffect, outcome: unknown): void {
    this.#effects = { ...this.#effects, [name]: { ...begun, state: 'done', outcome: JSON.stringify(outcome) } };
    this.#isWritten = false;
  }

  async #record(effects: Effects, isCommitted = false): Promise<void> {
    await this.#write((head, now) => recordEffects(head, now, effects, isCommitted));
    this.#take(effects);
  }

  async #write(changeOf: Parameters<HeldJob['write']>[0]): Promise<void> {
    if (await this.#job.write(changeOf)) return;
    this.#job.signal.throwIfAborted();
    throw new Error('The job is held, and yet its effects could not be recorded');
  }

  #take(effects: Effects): void {
    this.#effects = effects;
    this.#isWritten = true;
  }

  #keyOf(name: string, generation: number): string {
    return `${this.#job.head.id}:${name}:${generation}`;
  }
}

/** What came of an act of which nobody knew; undefined if it must be done again. */
async function find<T>(rule: WhenUnknown<T>, key: string): Promise<{ readonly outcome: T } | undefined> {
  if ('repeat' in rule) return undefined;
  if ('assume' in rule) return { outcome: rule.assume };
  const outcome = await rule.lookUp(key);
  return outcome === undefined ? undefined : { outcome };
}

function outcomeOf<T>({ outcome = 'null' }: RecordedEffect, { outcome: schema }: Pick<Effect<T>, 'outcome'>): T {
  return schema.parse(JSON.parse(outcome));
}
