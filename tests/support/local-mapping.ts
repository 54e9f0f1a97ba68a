import { expect } from 'vitest';
import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  startEventSourceMapping,
} from '../../infra/local/aws/lambda/event-source-mapping.ts';
import type { LocalFunctionOptions } from '../../infra/local/aws/lambda/function.ts';
import { LocalQueue } from '../../infra/local/aws/sqs/local-queue.ts';
import { queueProperties } from '../../infra/local/aws/sqs/queue-settings.ts';
import { testFunction } from './local-function.ts';
import { ManualClock } from './manual-clock.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

export async function endMappings() {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
}

export const VISIBILITY_MS = 30_000;

/** A queue on a clock that stands still, and a mapping to the function `consumer` once `start` is called. */
export function setUpMapping(
  options: Partial<EventSourceMappingOptions> = {},
  functionOptions: Partial<LocalFunctionOptions> = {},
) {
  const clock = new ManualClock();
  const arn = 'arn:aws:sqs:eu-west-1:000000000000:stories';
  const queue = new LocalQueue(clock, arn, queueProperties.parse({ VisibilityTimeout: 30 }), undefined);
  const target = testFunction('consumer', functionOptions);
  cleanUps.push(target.close, async () => queue.close());

  const all: EventSourceMappingOptions = {
    queue,
    target,
    batchSize: 10,
    batchingWindowSeconds: 0,
    maximumConcurrency: 2,
    reportBatchItemFailures: true,
    log: (line) => target.lines.push(line),
    clock,
    ...options,
  };
  let mapping: EventSourceMapping | undefined;
  const start = () => {
    mapping = startEventSourceMapping(all);
    cleanUps.push(() => mapping?.stop(0) ?? Promise.resolve());
    return mapping;
  };
  const batches = () => target.lines.filter((line) => line.includes('"names"')).map((line) => JSON.parse(line));
  return {
    clock,
    queue,
    start,
    limit(maximumConcurrency: number) {
      all.maximumConcurrency = maximumConcurrency;
    },
    batches,
    names: () => batches().map((batch) => batch.names),
    send: (body: object) => queue.send({ body: JSON.stringify(body), senderId: 'AIDALOCAL' }),
    isEmpty: () => expect(queue.counts()).toMatchObject({ visible: 0, inFlight: 0, delayed: 0 }),
  };
}
