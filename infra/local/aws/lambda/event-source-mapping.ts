import { type Clock, systemClock } from '../../clock.ts';
import { failedMessageIds } from './batch-response.ts';
import type { LocalFunction } from './function.ts';

/** What a mapping needs of a queue. */
export interface PollableQueue {
  readonly arn: string;
  /** Up to `max` (1-10) messages, as soon as there is one; none after `waitMs` or once aborted. */
  receive(options: {
    readonly max: number;
    readonly waitMs: number;
    readonly signal: AbortSignal;
  }): Promise<readonly PolledMessage[]>;
  delete(receiptHandle: string): void;
}

export interface PolledMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** ApproximateReceiveCount, SentTimestamp, SenderId, … */
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<
    Record<string, { DataType: string; StringValue?: string | undefined; BinaryValue?: string | undefined }>
  >;
}

export interface EventSourceMappingOptions {
  readonly queue: PollableQueue;
  readonly target: Pick<LocalFunction, 'name' | 'invoke'>;
  /** 1-10, or up to 10,000 with a window of at least 1 s. */
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** 2-1000 invocations at once. May be changed while the mapping runs: it counts from the next invocation on, a second later if all are taken. */
  maximumConcurrency: number;
  readonly reportBatchItemFailures: boolean;
  readonly log: (line: string) => void;
  readonly clock?: Clock;
}

export interface EventSourceMapping {
  /** Polls no more; resolves when the invocations under way have ended, or after `limitMs`. */
  stop(limitMs: number): Promise<void>;
}

const LONG_POLL_MS = 20_000;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;
const LIMIT_READ_EVERY_MS = 1_000;

/**
 * Feeds a queue to a function, never taking a message that cannot be run at once: its visibility time-out would run down.
 * A failed or throttled message is left alone and comes back when its visibility time-out ends.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function startEventSourceMapping(options: EventSourceMappingOptions): EventSourceMapping {
  checkLimits(options);
  const { queue, clock = systemClock, log } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let backoffMs = 0;
  let endPause = () => {};

  const pause = async (delayMs: number, orUntil: Iterable<Promise<void>> = []) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    endPause = resolve;
    const cancel = clock.after(delayMs, resolve);
    await Promise.race([promise, ...orUntil]);
    cancel();
  };

  const runBatch = async (batch: readonly PolledMessage[]) => {
    const result = await invokeWithBatch(options, batch);
    backoffMs = result.throttled ? Math.min(LONGEST_BACKOFF_MS, Math.max(FIRST_BACKOFF_MS, backoffMs * 2)) : 0;
    for (const message of result.done) queue.delete(message.receiptHandle);
  };

  const poll = async () => {
    while (!stopping.signal.aborted) {
      if (backoffMs > 0) await pause(backoffMs);
      while (running.size >= options.maximumConcurrency && !stopping.signal.aborted)
        await pause(LIMIT_READ_EVERY_MS, running);
      if (stopping.signal.aborted) return;
      const batch = await collectBatch(options, clock, stopping.signal).catch(async (error: unknown) => {
        log(`${options.target.name}: could not receive: ${String(error)}`);
        await pause(LONGEST_BACKOFF_MS);
        return [];
      });
      if (batch.length === 0) {
        backoffMs = 0;
        continue;
      }
      const run = runBatch(batch)
        .catch((error: unknown) => log(`${options.target.name}: messages could not be deleted: ${String(error)}`))
        .finally(() => running.delete(run));
      running.add(run);
    }
  };

  const polling = poll();
  return {
    async stop(limitMs) {
      stopping.abort();
      endPause();
      const limit = Promise.withResolvers<void>();
      const cancel = clock.after(limitMs, limit.resolve);
      await Promise.race([polling.then(() => Promise.all(running)), limit.promise]);
      cancel();
    },
  };
}

function checkLimits({ batchSize, batchingWindowSeconds, maximumConcurrency }: EventSourceMappingOptions) {
  if (batchSize < 1 || batchSize > 10_000 || (batchSize > 10 && batchingWindowSeconds < 1)) {
    throw new RangeError(`BatchSize ${batchSize} is not 1-10, or up to 10,000 with a batching window of 1 s or more`);
  }
  if (maximumConcurrency < 2 || maximumConcurrency > 1000) {
    throw new RangeError(`MaximumConcurrency ${maximumConcurrency} is not within 2-1000`);
  }
}

/** One receive without a window; with one, everything until the batch is full or the window, from the first message, ends. */
async function collectBatch(
  { queue, batchSize, batchingWindowSeconds }: EventSourceMappingOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly PolledMessage[]> {
  const batch = [...(await queue.receive({ max: Math.min(10, batchSize), waitMs: LONG_POLL_MS, signal }))];
  const windowEnd = clock.now() + batchingWindowSeconds * 1000;
  while (batch.length > 0 && batch.length < batchSize && !signal.aborted) {
    const waitMs = windowEnd - clock.now();
    if (waitMs <= 0) break;
    batch.push(...(await queue.receive({ max: Math.min(10, batchSize - batch.length), waitMs, signal })));
  }
  return batch;
}

async function invokeWithBatch(options: EventSourceMappingOptions, batch: readonly PolledMessage[]) {
  const result = await options.target.invoke({ Records: batch.map((message) => recordOf(message, options.queue.arn)) });
  const throttled = result.status === 'refused' && result.reason === 'TooManyRequestsException';
  if (result.status !== 'succeeded') return { done: [], throttled };
  if (!options.reportBatchItemFailures) return { done: batch, throttled: false };
  const ids = batch.map((message) => message.messageId);
  const failed = failedMessageIds(result.payload, ids);
  return { done: batch.filter((message) => !failed.has(message.messageId)), throttled: false };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
function recordOf(message: PolledMessage, queueArn: string) {
  const attributes = Object.entries(message.messageAttributes).map(
    ([name, { StringValue: stringValue, BinaryValue: binaryValue, DataType: dataType }]) => [
      name,
      { stringValue, binaryValue, stringListValues: [], binaryListValues: [], dataType },
    ],
  );
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.systemAttributes,
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3],
  };
}
