import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { QueueUrls } from '../../catalog/environment.ts';
import type { QueueName } from '../../catalog/queues.ts';
import type { QueueCounter, QueueCounts } from '../../domain/ports.ts';

/** Counts by GetQueueAttributes: two calls a queue, one of them to its dead-letter queue. */
export class SqsQueueCounter implements QueueCounter {
  readonly #client: SQSClient;
  readonly #urls: QueueUrls;
  readonly #deadLetterUrls: QueueUrls;

  constructor(client: SQSClient, urls: QueueUrls, deadLetterUrls: QueueUrls) {
    this.#client = client;
    this.#urls = urls;
    this.#deadLetterUrls = deadLetterUrls;
  }

  async count(queue: QueueName): Promise<QueueCounts> {
    const [own, dead] = await Promise.all([
      this.#attributes(this.#urls[queue]),
      this.#attributes(this.#deadLetterUrls[queue]),
    ]);
    return {
      waiting: own.ApproximateNumberOfMessages,
      inFlight: own.ApproximateNumberOfMessagesNotVisible,
      delayed: own.ApproximateNumberOfMessagesDelayed,
      deadLetters: dead.ApproximateNumberOfMessages + dead.ApproximateNumberOfMessagesNotVisible,
    };
  }

  async #attributes(url: string): Promise<z.infer<typeof Counts>> {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...Counts.keyof().options] });
    const { Attributes } = await this.#client.send(command);
    return Counts.parse(Attributes);
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html: numbers as text. */
const Counts = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  ApproximateNumberOfMessagesDelayed: z.coerce.number(),
});
