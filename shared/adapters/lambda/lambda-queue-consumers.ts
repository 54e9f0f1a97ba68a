import {
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  type LambdaClient,
  ResourceConflictException,
  ResourceInUseException,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import type { QueueName } from '../../catalog/queues.ts';
import type { QueueConsumer, QueueConsumers } from '../../domain/ports.ts';

/**
 * Consumers as Lambda's event source mappings. A disabled one polls no more; what it has started goes on.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export class LambdaQueueConsumers implements QueueConsumers {
  readonly #client: LambdaClient;
  readonly #mappingIds: Readonly<Record<QueueName, string>>;

  constructor(client: LambdaClient, mappingIds: Readonly<Record<QueueName, string>>) {
    this.#client = client;
    this.#mappingIds = mappingIds;
  }

  async read(queue: QueueName): Promise<QueueConsumer> {
    return consumerOf(await this.#client.send(new GetEventSourceMappingCommand({ UUID: this.#mappingIds[queue] })));
  }

  async turn(queue: QueueName, to: 'on' | 'off'): Promise<QueueConsumer | undefined> {
    return this.#update({ UUID: this.#mappingIds[queue], Enabled: to === 'on' });
  }

  async limit(queue: QueueName, concurrency: number): Promise<QueueConsumer | undefined> {
    return this.#update({ UUID: this.#mappingIds[queue], ScalingConfig: { MaximumConcurrency: concurrency } });
  }

  /** What `input` leaves out stays as it is. */
  async #update(input: UpdateEventSourceMappingCommandInput): Promise<QueueConsumer | undefined> {
    try {
      return consumerOf(await this.#client.send(new UpdateEventSourceMappingCommand(input)));
    } catch (error) {
      if (error instanceof ResourceInUseException || error instanceof ResourceConflictException) return undefined;
      throw error;
    }
  }
}

function consumerOf({ State = '', ScalingConfig }: EventSourceMappingConfiguration): QueueConsumer {
  const concurrency = ScalingConfig?.MaximumConcurrency;
  return { state: states[State] ?? 'changing', ...(concurrency !== undefined && { concurrency }) };
}

/** Lambda also knows Creating, Updating and Deleting: a deployment is at work, and what follows is not known yet. */
const states: Readonly<Record<string, QueueConsumer['state']>> = {
  Enabled: 'running',
  Disabling: 'pausing',
  Disabled: 'paused',
  Enabling: 'resuming',
};
