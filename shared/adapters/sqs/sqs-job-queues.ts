import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueUrls } from '../../catalog/environment.ts';
import type { QueueName } from '../../catalog/queues.ts';
import type { JobMessage } from '../../domain/job.ts';
import type { JobQueues } from '../../domain/ports.ts';

/** The priority queues. The owner is the message group, which gives standard queues fair sharing between owners, best effort. */
export class SqsJobQueues implements JobQueues {
  readonly #client: SQSClient;
  readonly #urls: QueueUrls;

  constructor(client: SQSClient, urls: QueueUrls) {
    this.#client = client;
    this.#urls = urls;
  }

  async send(queue: QueueName, message: JobMessage, options: { owner: string; delaySeconds: number }): Promise<void> {
    await this.#client.send(
      new SendMessageCommand({
        QueueUrl: this.#urls[queue],
        MessageBody: JSON.stringify(message),
        MessageGroupId: options.owner,
        ...(options.delaySeconds > 0 && { DelaySeconds: options.delaySeconds }),
      }),
    );
  }
}
