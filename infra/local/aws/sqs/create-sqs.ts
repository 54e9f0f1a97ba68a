import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { AwsRequest, AwsService } from '../../server/aws-service.ts';
import { LocalQueue } from './local-queue.ts';
import { parseInput, queueOperations } from './operations.ts';
import { queueProperties } from './queue-settings.ts';
import { SqsError } from './sqs-error.ts';

export interface Sqs extends AwsService {
  /** Creates a queue from the properties of an `AWS::SQS::Queue`; its dead-letter queue must exist. */
  createQueue(name: string, cloudFormationProperties: unknown): LocalQueue;
  /** Finds a queue by name, ARN or URL; throws QueueDoesNotExist. */
  queue(reference: string): LocalQueue;
  /** The queue's URL at our own listener: an SDK takes the host from it, whatever endpoint it is configured with. */
  queueUrl(name: string): string;
  /** Forgets every message and ends every poll. */
  close(): void;
}

interface SqsOptions {
  readonly clock: Clock;
  /** Scheme, host and port; a function, because the port is known only once the listener runs. */
  readonly queueUrlBase: () => string;
  readonly account: string;
  readonly region: string;
}

/** A stand-in for Amazon SQS standard queues, in memory: after a restart the product rebuilds its messages from the job records. */
export function createSqs({ clock, queueUrlBase, account, region }: SqsOptions): Sqs {
  const queues = new Map<string, LocalQueue>();

  const queue = (reference: string): LocalQueue => {
    const found = queues.get(reference.split(/[:/]/).at(-1) ?? '');
    if (!found) throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  };
  const queueUrl = (name: string) => `${queueUrlBase()}/${account}/${queue(name).name}`;

  const perform = (request: AwsRequest): unknown => {
    const operation = request.headers['x-amz-target']?.replace('AmazonSQS.', '') ?? '';
    const input = readJson(request.body);
    if (operation === 'GetQueueUrl') {
      return { QueueUrl: queueUrl(parseInput(z.object({ QueueName: z.string() }), input).QueueName) };
    }
    const performOnQueue = queueOperations[operation];
    if (!performOnQueue) throw new SqsError('NotImplemented', `NotImplemented: ${operation}`);
    const target = queue(parseInput(z.object({ QueueUrl: z.string() }), input).QueueUrl);
    return performOnQueue(target, input, { senderId: request.accessKeyId ?? account, signal: request.signal });
  };

  return {
    signingName: 'sqs',
    queue,
    queueUrl,
    createQueue(name, cloudFormationProperties) {
      const settings = queueProperties.parse(cloudFormationProperties);
      const deadLetterQueue = settings.RedrivePolicy && queue(settings.RedrivePolicy.deadLetterTargetArn);
      const created = new LocalQueue(clock, `arn:aws:sqs:${region}:${account}:${name}`, settings, deadLetterQueue);
      queues.set(name, created);
      return created;
    },
    async handle(request) {
      try {
        const headers = { 'content-type': 'application/x-amz-json-1.0' };
        return { status: 200, headers, body: JSON.stringify(await perform(request)) };
      } catch (error) {
        if (error instanceof SqsError) return error.toResponse();
        throw error;
      }
    },
    close() {
      for (const each of queues.values()) each.close();
    },
  };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new SqsError('SerializationException', 'The request body is not JSON.');
  }
}
