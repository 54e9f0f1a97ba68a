import { isJobType } from '../../shared/catalog/job-types.ts';
import type { QueueName } from '../../shared/catalog/queues.ts';
import { endSets } from '../../shared/domain/batch.ts';
import { type Change, holds } from '../../shared/domain/change.ts';
import { isListed } from '../../shared/domain/is-listed.ts';
import { type Job, newestReadableVersion, type StoredValue } from '../../shared/domain/job.ts';
import type {
  AcceptOutcome,
  ApplyOutcome,
  DeadLetterEntry,
  DeadLetterPile,
  FoundHeads,
  IdempotencyKey,
  IdempotencyName,
  JobStore,
  KeyedAnswer,
  UnreadableLetter,
} from '../../shared/domain/ports.ts';
import { type Known, withMore, withoutNewPart } from '../../shared/domain/stored-value.ts';
import { isReadable, UnreadableRecordError } from '../../shared/domain/unreadable-record.ts';

/** Sees each write of a head: what it was before (undefined for a new one) and what it has become. */
export type WriteObserver = (before: Job | undefined, after: Job, transition: string) => void;

/** A job store in memory that promises what the contract suite asks of every job store. Tests may look into it and make it fail. */
export class MemoryJobStore implements JobStore {
  readonly heads = new Map<string, Job>();
  readonly letters: UnreadableLetter[] = [];
  /** Transitions carried out, in order. */
  readonly written: string[] = [];
  /** Called at the start of every operation; what it throws, the operation rejects with. */
  fault: (operation: keyof JobStore, id: string) => void = () => {};
  observe: WriteObserver = () => {};
  readonly #parts = new Map<string, string>();
  readonly #keys = new Map<string, IdempotencyKey & { readonly jobId: string }>();

  async accept(job: Job, key?: IdempotencyKey): Promise<AcceptOutcome> {
    this.fault('accept', job.id);
    const name = key && [key.owner, key.route, key.key].join('#');
    const known = name === undefined ? undefined : this.#keys.get(name);
    if (key && known && known.jobId !== job.id && known.expiresAt > key.now) {
      return { kind: 'known', fingerprint: known.fingerprint, answer: known.answer };
    }
    if (!this.heads.has(job.id)) this.#write(undefined, job, 'accept');
    if (key && name !== undefined) this.#keys.set(name, { ...copyOf(key), jobId: job.id });
    return { kind: 'accepted' };
  }

  async findAnswer({ owner, route, key }: IdempotencyName, now: number): Promise<KeyedAnswer | undefined> {
    this.fault('findAnswer', owner);
    const known = this.#keys.get([owner, route, key].join('#'));
    return known && known.expiresAt > now ? known : undefined;
  }

  async find(id: string): Promise<Job | undefined> {
    this.fault('find', id);
    const job = this.heads.get(id);
    return job && readable(job);
  }

  async findAll(ids: readonly string[]): Promise<FoundHeads> {
    this.fault('findAll', ids[0] ?? '');
    const heads = ids.flatMap((id) => this.heads.get(id) ?? []).map(orUnreadable);
    return {
      jobs: heads.filter((head) => isReadable(head)),
      unreadable: heads.filter((head) => head instanceof UnreadableRecordError),
    };
  }

  async *ofOwner(owner: string, before?: string): AsyncGenerator<Job | UnreadableRecordError> {
    this.fault('ofOwner', owner);
    const jobs = [...this.heads.values()].filter(
      (job) => job.owner === owner && isListed(job) && (before === undefined || job.id < before),
    );
    for (const job of jobs.toSorted((a, b) => (a.id < b.id ? 1 : -1))) yield orUnreadable(job);
  }

  async apply(change: Change): Promise<ApplyOutcome> {
    this.fault('apply', change.id);
    const before = this.heads.get(change.id);
    if (!before || !holds(change.when, before)) return { applied: false, job: before && readable(before) };
    const after = copyOf(changed(before, change));
    this.#write(before, after, change.transition);
    return { applied: true, job: readable(after) };
  }

  async keep(
    job: Pick<Job, 'id' | 'visit' | 'attempt'>,
    name: 'input' | 'result',
    value: unknown,
    known?: Known,
  ): Promise<StoredValue> {
    this.fault('keep', job.id);
    const stored = withoutNewPart(value, known);
    if (stored) return JSON.parse(JSON.stringify(stored));
    const json = JSON.stringify(value);
    const part = `${name}#${job.visit}#${job.attempt}`;
    this.#parts.set(`${job.id}#${part}`, json);
    return { part };
  }

  async read(id: string, value: StoredValue): Promise<unknown> {
    this.fault('read', id);
    if ('inline' in value) return value.inline;
    const json = this.#parts.get(`${id}#${value.part}`);
    if (json === undefined) throw new Error(`${id} has no part ${value.part}`);
    return withMore(JSON.parse(json), value);
  }

  async *due(shard: number, before: number): AsyncGenerator<string> {
    this.fault('due', String(shard));
    const entries = [...this.heads.values()].flatMap(({ id, due_shard, due_at }) =>
      due_shard === shard && due_at !== undefined && due_at <= before ? [{ id, due_at }] : [],
    );
    for (const { id } of entries.toSorted((a, b) => a.due_at - b.due_at)) yield id;
  }

  async *deadLetters(
    pile: DeadLetterPile,
    order: 'newest_first' | 'oldest_first',
    from?: number,
  ): AsyncGenerator<DeadLetterEntry> {
    this.fault('deadLetters', pile);
    const sign = order === 'oldest_first' ? 1 : -1;
    const entries = pile === 'unreadable' ? this.letters.map(letterEntry) : this.#failedOn(pile);
    const wanted = entries.filter(({ diedAt }) => from === undefined || (diedAt - from) * sign >= 0);
    yield* wanted.toSorted((a, b) => (a.diedAt - b.diedAt) * sign);
  }

  #failedOn(queue: QueueName): DeadLetterEntry[] {
    return [...this.heads.values()].flatMap(({ id, dead, ended_at }) =>
      dead === queue && ended_at !== undefined ? [{ id, diedAt: ended_at }] : [],
    );
  }

  async keepUnreadable(letter: UnreadableLetter): Promise<void> {
    this.fault('keepUnreadable', letter.messageId);
    this.letters.push(letter);
  }

  async findUnreadable(messageId: string): Promise<UnreadableLetter | undefined> {
    this.fault('findUnreadable', messageId);
    return this.letters.find((letter) => letter.messageId === messageId);
  }

  /** Puts a head there as it is, past every guard: the state a test begins with. */
  place(job: Job): Job {
    this.heads.set(job.id, copyOf(job));
    return job;
  }

  /** The head, for a test that knows it is there. */
  head(id: string): Job {
    const job = this.heads.get(id);
    if (!job) throw new Error(`There is no job ${id}`);
    return job;
  }

  #write(before: Job | undefined, after: Job, transition: string): void {
    this.heads.set(after.id, copyOf(after));
    this.written.push(transition);
    this.observe(before, after, transition);
  }
}

/** The head after a change whose guards hold. */
export function changed(job: Job, { set, remove, add, include = {}, event }: Change): Job {
  const counters = Object.entries({ ...add, ...(event && { seq: 1 }) });
  const raised = Object.fromEntries(counters.map(([field, by]) => [field, numberOf(job, field) + by]));
  const history = event && !set.history ? { history: [...job.history, event] } : {};
  const grown = endSets.flatMap((field) => {
    const member = include[field];
    return member === undefined ? [] : [[field, new Set([...(job[field] ?? []), member])] as const];
  });
  const after: Job = { ...job, ...set, ...raised, ...history, ...Object.fromEntries(grown) };
  const removed: readonly string[] = remove;
  return { ...after, ...Object.fromEntries(removed.map((field) => [field, undefined])) };
}

function letterEntry({ messageId, at }: UnreadableLetter): DeadLetterEntry {
  return { id: messageId, diedAt: at };
}

function numberOf(job: Job, field: string): number {
  const value = Object.entries(job).find(([name]) => name === field)?.[1];
  return typeof value === 'number' ? value : 0;
}

/** Without what is undefined, as it would come back from a table. */
function copyOf<T extends object>(value: T): T {
  const copy = structuredClone(value);
  for (const [name, inner] of Object.entries(copy)) if (inner === undefined) Reflect.deleteProperty(copy, name);
  return copy;
}

function readable(job: Job): Job {
  const head = orUnreadable(job);
  if (head instanceof UnreadableRecordError) throw head;
  return head;
}

function orUnreadable(job: Job): Job | UnreadableRecordError {
  const { id, owner, rv } = job;
  if (rv > newestReadableVersion) return new UnreadableRecordError({ id, owner, reason: 'newer' }, `version ${rv}`);
  if (!isJobType(job.type)) return new UnreadableRecordError({ id, owner, reason: 'damaged' }, 'an unknown type');
  return copyOf(job);
}
