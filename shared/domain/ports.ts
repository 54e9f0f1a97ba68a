import type { JobType } from '../catalog/job-types.ts';
import type { MetricName } from '../catalog/metrics.ts';
import type { QueueName } from '../catalog/queues.ts';
import type { StoredStory } from '../catalog/schemas/story.ts';
import type { SecretName } from '../catalog/secrets.ts';
import type { Change } from './change.ts';
import type { Job, JobMessage, StoredValue } from './job.ts';
import type { Known, RunOf } from './stored-value.ts';
import type { UnreadableRecordError } from './unreadable-record.ts';

/** Milliseconds since the epoch. */
export type Now = () => number;

/**
 * Keeps the heads and their parts. Rejects only when the store itself fails, or, asked for one record, with `UnreadableRecordError`; where many
 * are asked for, one that cannot be read is told apart and stops none of the others.
 */
export interface JobStore {
  /** Writes a new head, with its idempotency key in one transaction if there is one. */
  accept(job: Job, key?: IdempotencyKey): Promise<AcceptOutcome>;
  /** What the request with the key was answered, and of which body it was; undefined when nobody has used the key. */
  findAnswer(key: IdempotencyName, now: number): Promise<KeyedAnswer | undefined>;
  find(id: string, consistency: 'eventual' | 'strong'): Promise<Job | undefined>;
  /** Those heads of these that there are, in the order of the ids. */
  findAll(ids: readonly string[], consistency: 'eventual' | 'strong'): Promise<FoundHeads>;
  /** Heads of one owner's list (`isListed`) with ids below `before`, newest first. */
  ofOwner(owner: string, before?: string): AsyncIterable<Job | UnreadableRecordError>;
  /** Carries out one change if its guards hold; tells the head after it, or the one that refused it. */
  apply(change: Change): Promise<ApplyOutcome>;
  /**
   * Keeps a value: small ones as they are, larger ones in a part that is written once and named by visit and attempt. One that only adds a
   * little to the `known` value of the same job keeps the part of that.
   */
  keep(run: RunOf, name: 'input' | 'result', value: unknown, known?: Known): Promise<StoredValue>;
  read(id: string, value: StoredValue): Promise<unknown>;
  /** Ids of the jobs of one shard whose due time is not after `before`, soonest first. */
  due(shard: number, before: number): AsyncIterable<string>;
  /** Dead letters of one kind in the order they died, in either direction; `from` (milliseconds) is inclusive. An entry may be behind its record. */
  deadLetters(
    pile: DeadLetterPile,
    order: 'newest_first' | 'oldest_first',
    from?: number,
  ): AsyncIterable<DeadLetterEntry>;
  /** Keeps a message that cannot be traced to a job, so that an operator can find it. */
  keepUnreadable(letter: UnreadableLetter): Promise<void>;
  /** A message that was kept so. */
  findUnreadable(messageId: string): Promise<UnreadableLetter | undefined>;
}

export interface FoundHeads {
  readonly jobs: readonly Job[];
  /** Those that are there and cannot be read: neither missing nor ended, as far as anybody knows. */
  readonly unreadable: readonly UnreadableRecordError[];
}

/** The failed jobs of one queue, or the messages of any dead-letter queue that no job could be made of. */
export type DeadLetterPile = QueueName | 'unreadable';

export interface DeadLetterEntry {
  /** Of the job, or of the message. */
  readonly id: string;
  readonly diedAt: number;
}

export interface UnreadableLetter {
  readonly messageId: string;
  /** Name of the dead-letter queue. */
  readonly source: string;
  readonly body: string;
  readonly reason: string;
  readonly at: number;
}

export type ApplyOutcome =
  | { readonly applied: true; readonly job: Job }
  | { readonly applied: false; readonly job: Job | undefined };

/** A key counts within its owner and route. */
export interface IdempotencyName {
  readonly owner: string;
  readonly route: string;
  readonly key: string;
}

export interface KeyedAnswer {
  /** Hash of the canonical body: the same key with another fingerprint is another request. */
  readonly fingerprint: string;
  /** What the request was answered; the same request is answered so again. */
  readonly answer: unknown;
}

export interface IdempotencyKey extends IdempotencyName, KeyedAnswer {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly now: number;
}

export type AcceptOutcome =
  | { readonly kind: 'accepted' }
  /** The key was used before, by a request that was answered so. */
  | { readonly kind: 'known'; readonly fingerprint: string; readonly answer: unknown }
  /** Another request with the key is being written at this moment. */
  | { readonly kind: 'in_flight' };

/**
 * Stories to be told again, each under the hash of everything that shapes it, and who is writing one at this moment. A story counts until
 * its time is over, a turn until its time is over, whenever the store may delete them. Rejects only when the store itself fails.
 */
export interface StoryCache {
  /** What is there; a story written a moment ago may be missed. */
  find(key: string, now: number): Promise<CacheEntry>;
  /** Takes the turn to write the story, unless it is there or someone else has the turn. The same holder may take it again. */
  takeTurn(
    key: string,
    turn: { readonly holder: string; readonly until: number; readonly now: number },
  ): Promise<CacheTurn>;
  /** Keeps the story for everyone and ends the turn. */
  keep(key: string, story: StoredStory, expiresAt: number): Promise<void>;
  /** Ends the holder's turn without a story; nothing if the turn is no longer the holder's. */
  giveUp(key: string, holder: string): Promise<void>;
}

export type CacheEntry = KeptStory | { readonly kind: 'being_written' } | { readonly kind: 'nothing' };

export type CacheTurn = KeptStory | { readonly kind: 'being_written' } | { readonly kind: 'ours' };

export interface KeptStory {
  readonly kind: 'story';
  readonly story: StoredStory;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Sends messages. Rejects when SQS did not take one; the due index finds the job then. */
export interface JobQueues {
  send(
    queue: QueueName,
    message: JobMessage,
    options: { readonly owner: string; readonly delaySeconds: number },
  ): Promise<void>;
}

/** Looks into the queues. Rejects when SQS does not answer. */
export interface QueueCounter {
  count(queue: QueueName): Promise<QueueCounts>;
}

/** Messages, as SQS counts them: approximately, up to a minute late. */
export interface QueueCounts {
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** In the dead-letter queue, taken or not. */
  readonly deadLetters: number;
}

/** What takes jobs from the queues. Rejects when Lambda does not answer. */
export interface QueueConsumers {
  read(queue: QueueName): Promise<QueueConsumer>;
  /** Undefined when it cannot be switched at this moment, because an earlier change is not finished. */
  turn(queue: QueueName, to: 'on' | 'off'): Promise<QueueConsumer | undefined>;
  /** So many runs at a time from now on, 2-1000. Undefined when it cannot be changed at this moment, as above. */
  limit(queue: QueueName, concurrency: number): Promise<QueueConsumer | undefined>;
}

export interface QueueConsumer {
  readonly state: 'running' | 'pausing' | 'paused' | 'resuming' | 'changing';
  /** Runs at a time, if limited. */
  readonly concurrency?: number;
}

/** Keeps media: written once under a key that says what is inside. */
export interface MediaStore {
  save(key: string, content: Uint8Array, contentType: string, properties?: MediaProperties): Promise<void>;
  /** The properties an object was saved with; undefined when there is none. */
  find(key: string): Promise<MediaProperties | undefined>;
  /** The object itself; undefined when there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
}

/** Makes links to stored media. */
export interface MediaLinks {
  /** A link that anyone may read for at least 15 minutes. */
  link(key: string): string;
}

export type MediaProperties = Readonly<Record<string, string>>;

/** What only some functions may know. Rejects when a secret is not there or cannot be read. */
export interface Secrets {
  read(name: SecretName): Promise<string>;
}

export interface Telemetry {
  /** `dimensions` may hold more than the metric has; a job will do. */
  count(metric: MetricName, dimensions: { readonly type?: JobType; readonly queue?: QueueName }, value?: number): void;
  note(event: string, details: Readonly<Record<string, unknown>>): void;
  warn(event: string, details: Readonly<Record<string, unknown>>, cause?: unknown): void;
}
