import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { JobMessage } from '../domain/job.ts';
import { emitMetrics, logger, telemetry } from './telemetry.ts';

/**
 * A function behind a queue, made of a function for one message. A message whose handling rejects is reported as failed, alone; SQS hands it
 * out again. The handler returns when every message has settled, never before.
 */
export function sqsHandler(handle: (record: SQSRecord, context: Context) => Promise<void>) {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(emitMetrics)
    .handler(async (event, context): Promise<SQSBatchResponse> => {
      const results = await Promise.allSettled(event.Records.map((record) => attempt(handle, record, context)));
      const failed = event.Records.filter((_, index) => results[index]?.status === 'rejected');
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
}

async function attempt(
  handle: (record: SQSRecord, context: Context) => Promise<void>,
  record: SQSRecord,
  context: Context,
): Promise<void> {
  try {
    await handle(record, context);
  } catch (error) {
    const details = { message_id: record.messageId, receive_count: record.attributes.ApproximateReceiveCount };
    telemetry.warn('message_failed', details, error);
    throw error;
  }
}

/** The message in the record's body. Rejects one that this release cannot read; unknown fields are left out. */
export function messageOf(record: SQSRecord): JobMessage {
  return Message.parse(JSON.parse(record.body));
}

const Message = z.object({ v: z.literal(1), id: z.string().min(1), visit: z.int().positive() });
