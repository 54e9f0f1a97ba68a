import type { QueueName } from '../catalog/queues.ts';
import type { Job } from '../domain/job.ts';
import type { DeadLetterEntry, DeadLetterPile, JobStore, UnreadableLetter } from '../domain/ports.ts';
import { UnreadableRecordError } from '../domain/unreadable-record.ts';
import { findReadable } from './find-readable.ts';

type Store = Pick<JobStore, 'deadLetters' | 'find' | 'findUnreadable'>;

/** A place in the order newest first: by the moment, then by the id, so that letters of one millisecond have an order too. */
export type DeadLetterPosition = DeadLetterEntry;

export type DeadLetter = DeadLetterPosition &
  ({ readonly kind: 'job'; readonly job: Job } | { readonly kind: 'unreadable'; readonly letter: UnreadableLetter });

/**
 * Up to `atLeast` dead letters of the piles after a place, newest first; fewer only when there are no more. Index entries that are behind
 * their record are left out: a job that lives again, or died again since. So is one whose record cannot be read, of which the store has told.
 */
export async function takeDeadLetters(
  piles: readonly DeadLetterPile[],
  { atLeast, after }: { readonly atLeast: number; readonly after: DeadLetterPosition | undefined },
  store: Store,
): Promise<readonly DeadLetter[]> {
  const taken: DeadLetter[] = [];
  let unread: PileEntry[] = [];
  const readAll = async () => {
    const letters = await Promise.all(unread.map((entry) => read(entry, store)));
    taken.push(...letters.flatMap((letter) => letter ?? []));
    unread = [];
  };
  for await (const entry of newestFirst(piles, after, store)) {
    unread.push(entry);
    if (taken.length + unread.length >= atLeast) await readAll();
    if (taken.length >= atLeast) return taken;
  }
  await readAll();
  return taken;
}

interface PileEntry extends DeadLetterEntry {
  readonly pile: DeadLetterPile;
}

/** The entries of several piles in one order. */
async function* newestFirst(
  piles: readonly DeadLetterPile[],
  after: DeadLetterPosition | undefined,
  store: Store,
): AsyncGenerator<PileEntry> {
  const sources = await Promise.all(piles.map((pile) => Source.open(pile, store, after?.diedAt)));
  for (;;) {
    const newest = Math.max(...sources.map(({ next }) => next?.diedAt ?? Number.NEGATIVE_INFINITY));
    if (newest === Number.NEGATIVE_INFINITY) return;
    const ofThatMoment = (await Promise.all(sources.map((source) => source.takeAt(newest)))).flat();
    const inOrder = ofThatMoment.toSorted((a, b) => (a.id < b.id ? 1 : -1));
    yield* inOrder.filter(({ id, diedAt }) => !after || diedAt < after.diedAt || id < after.id);
  }
}

/** One pile that is being read, with the entry that comes next. */
class Source {
  readonly #pile: DeadLetterPile;
  readonly #entries: AsyncIterator<DeadLetterEntry>;
  next: DeadLetterEntry | undefined;

  private constructor(pile: DeadLetterPile, entries: AsyncIterator<DeadLetterEntry>) {
    this.#pile = pile;
    this.#entries = entries;
  }

  static async open(pile: DeadLetterPile, store: Store, from: number | undefined): Promise<Source> {
    const entries = store.deadLetters(pile, 'newest_first', from)[Symbol.asyncIterator]();
    const source = new Source(pile, entries);
    await source.#advance();
    return source;
  }

  /** Takes every entry of this moment. */
  async takeAt(moment: number): Promise<PileEntry[]> {
    const taken: PileEntry[] = [];
    while (this.next?.diedAt === moment) {
      taken.push({ ...this.next, pile: this.#pile });
      await this.#advance();
    }
    return taken;
  }

  async #advance(): Promise<void> {
    const { done, value } = await this.#entries.next();
    this.next = done ? undefined : value;
  }
}

async function read({ pile, id, diedAt }: PileEntry, store: Store): Promise<DeadLetter | undefined> {
  if (pile === 'unreadable') {
    const letter = await letterOf(id, store);
    return letter && { kind: 'unreadable', id, diedAt, letter };
  }
  const job = await findReadable(id, 'strong', store);
  return job && diedThere(job, pile, diedAt) ? { kind: 'job', id, diedAt, job } : undefined;
}

async function letterOf(id: string, store: Store): Promise<UnreadableLetter | undefined> {
  try {
    return await store.findUnreadable(id);
  } catch (error) {
    if (error instanceof UnreadableRecordError) return undefined;
    throw error;
  }
}

function diedThere(job: Job, queue: QueueName, diedAt: number): boolean {
  return job.dead === queue && job.ended_at === diedAt;
}
