import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createSqs } from '../../infra/local/aws/sqs/create-sqs.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { ManualClock } from './manual-clock.ts';

/**
 * SQS as a client sees it: the stand-in behind the real listener, and the AWS SDK. The queues live by `clock`; signatures are
 * checked by the machine's.
 */
export async function startLocalSqs() {
  const clock = new ManualClock();
  const sqs = createSqs({ clock, queueUrlBase: () => endpoint.url, account: '000000000000', region: 'us-east-1' });
  const endpoint = await startAwsEndpoint({
    services: [sqs],
    secretOf: () => 'secret',
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
  });
  const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };
  const client = new SQSClient({ endpoint: endpoint.url, region: 'us-east-1', maxAttempts: 1, credentials });
  let queues = 0;

  /** A new queue's URL. */
  function createQueue(properties: object = {}): string {
    queues += 1;
    return sqs.queueUrl(sqs.createQueue(`queue-${queues}`, properties).name);
  }

  async function close(): Promise<void> {
    client.destroy();
    sqs.close();
    await endpoint.close();
  }

  return { sqs, clock, client, createQueue, close, ...sqsCalls(client) };
}

/** The commonest calls, in the shape that tests want them. */
function sqsCalls(client: SQSClient) {
  function send(queueUrl: string, body: string, rest: Partial<SendMessageCommandInput> = {}) {
    return client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, ...rest }));
  }

  /** Up to ten messages with every system attribute, unless told otherwise. */
  async function receive(
    queueUrl: string,
    rest: Partial<ReceiveMessageCommandInput> = {},
    abortSignal?: AbortSignal,
  ): Promise<Message[]> {
    const input = {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All' as const],
      ...rest,
    };
    return (await client.send(new ReceiveMessageCommand(input), { abortSignal })).Messages ?? [];
  }

  async function receiveOne(queueUrl: string, rest: Partial<ReceiveMessageCommandInput> = {}): Promise<Message> {
    const [message] = await receive(queueUrl, rest);
    if (!message) throw new Error('expected a message');
    return message;
  }

  async function bodies(queueUrl: string, rest: Partial<ReceiveMessageCommandInput> = {}) {
    return (await receive(queueUrl, rest)).map((message) => message.Body);
  }

  /** "visible/in flight/delayed" */
  async function counts(queueUrl: string): Promise<string> {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
    const { Attributes = {} } = await client.send(command);
    return [
      Attributes.ApproximateNumberOfMessages,
      Attributes.ApproximateNumberOfMessagesNotVisible,
      Attributes.ApproximateNumberOfMessagesDelayed,
    ].join('/');
  }

  return { send, receive, receiveOne, bodies, counts };
}
