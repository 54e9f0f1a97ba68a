import * as z from 'zod';
import type { ReceivedMessage } from './entry.ts';
import type { LocalQueue } from './local-queue.ts';
import { md5, md5OfAttributes, messageBytes } from './message.ts';
import { maximumDelaySeconds, maximumMessageBytes, maximumVisibilitySeconds } from './queue-settings.ts';
import { SqsError } from './sqs-error.ts';

interface Caller {
  readonly senderId: string;
  readonly signal: AbortSignal;
}

type Operation = (queue: LocalQueue, input: unknown, caller: Caller) => unknown;

const names = z.array(z.string()).default([]);
const attribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});
const sendInput = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(maximumDelaySeconds).optional(),
  MessageAttributes: z.record(z.string(), attribute).optional(),
  MessageSystemAttributes: z.strictObject({ AWSTraceHeader: attribute.optional() }).optional(),
  MessageGroupId: z.string().min(1).max(128).optional(),
});
const receiveInput = z.object({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  VisibilityTimeout: z.int().min(0).max(maximumVisibilitySeconds).optional(),
  AttributeNames: names,
  MessageSystemAttributeNames: names,
  MessageAttributeNames: names,
});
const deleteInput = z.object({ ReceiptHandle: z.string() });
const visibilityInput = deleteInput.extend({ VisibilityTimeout: z.int().min(0).max(maximumVisibilitySeconds) });
const batchInput = z.object({ Entries: z.array(z.looseObject({ Id: z.string() })).default([]) });

/** The operations on one queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
export const queueOperations: Readonly<Record<string, Operation>> = {
  SendMessage: send,
  SendMessageBatch: sendBatch,
  ReceiveMessage: receive,
  DeleteMessage: remove,
  DeleteMessageBatch: (queue, input) => performBatch(input, (entry) => remove(queue, entry)),
  ChangeMessageVisibility: changeVisibility,
  ChangeMessageVisibilityBatch: (queue, input) => performBatch(input, (entry) => changeVisibility(queue, entry)),
  GetQueueAttributes: getAttributes,
  PurgeQueue(queue) {
    queue.purge();
    return {};
  },
};

/** Reads an input or throws MissingParameter or InvalidParameterValue, naming the parameter. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const parameter = issue?.path.join('.');
  throw issue?.input === undefined
    ? new SqsError('MissingParameter', `The request must contain the parameter ${parameter}.`)
    : new SqsError('InvalidParameterValue', `Value for parameter ${parameter} is invalid. Reason: ${issue.message}.`);
}

function send(queue: LocalQueue, input: unknown, { senderId }: Caller): object {
  const { MessageBody: body, MessageAttributes: attributes = {}, ...rest } = parseInput(sendInput, input);
  const traceHeader = rest.MessageSystemAttributes?.AWSTraceHeader?.StringValue;
  const draft = { body, senderId, attributes, traceHeader, groupId: rest.MessageGroupId };
  const MessageId = queue.send(draft, rest.DelaySeconds);
  return { MessageId, MD5OfMessageBody: md5(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
}

function sendBatch(queue: LocalQueue, input: unknown, caller: Caller): object {
  const readable = parseInput(batchInput, input).Entries.flatMap((entry) => sendInput.safeParse(entry).data ?? []);
  const bytes = readable.reduce((total, entry) => total + messageBytes(entry.MessageBody, entry.MessageAttributes), 0);
  if (bytes > maximumMessageBytes) {
    const message = `Batch requests cannot be longer than ${maximumMessageBytes} bytes. You have sent ${bytes} bytes.`;
    throw new SqsError('BatchRequestTooLong', message);
  }
  return performBatch(input, (entry) => send(queue, entry, caller));
}

async function receive(queue: LocalQueue, input: unknown, { signal }: Caller): Promise<object> {
  const asked = parseInput(receiveInput, input);
  const messages = await queue.receive({
    max: asked.MaxNumberOfMessages,
    waitMs: (asked.WaitTimeSeconds ?? queue.settings.ReceiveMessageWaitTimeSeconds) * 1000,
    visibilityTimeout: asked.VisibilityTimeout,
    signal,
  });
  const systemNames = [...asked.AttributeNames, ...asked.MessageSystemAttributeNames];
  const Messages = messages.map((message) => onTheWire(message, systemNames, asked.MessageAttributeNames));
  return Messages.length > 0 ? { Messages } : {};
}

function onTheWire(
  message: ReceivedMessage,
  systemNames: readonly string[],
  attributeNames: readonly string[],
): object {
  const Attributes = pick(message.systemAttributes, systemNames);
  const MessageAttributes = pick(message.messageAttributes, attributeNames);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5OfBody,
    Attributes,
    MessageAttributes,
    MD5OfMessageAttributes: MessageAttributes && md5OfAttributes(MessageAttributes),
  };
}

/** Asked for by name, by `All` or `.*`, or by a prefix as in `trip.*`; undefined when nothing is. */
function pick<Value>(
  values: Readonly<Record<string, Value>>,
  asked: readonly string[],
): Record<string, Value> | undefined {
  const isAsked = (name: string) =>
    asked.some(
      (want) => want === 'All' || want === name || (want.endsWith('.*') && name.startsWith(want.slice(0, -2))),
    );
  const picked = Object.entries(values).filter(([name]) => isAsked(name));
  return picked.length > 0 ? Object.fromEntries(picked) : undefined;
}

function remove(queue: LocalQueue, input: unknown): object {
  queue.delete(parseInput(deleteInput, input).ReceiptHandle);
  return {};
}

function changeVisibility(queue: LocalQueue, input: unknown): object {
  const parsed = parseInput(visibilityInput, input);
  queue.changeVisibility(parsed.ReceiptHandle, parsed.VisibilityTimeout);
  return {};
}

/** Only what is asked for: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
function getAttributes(queue: LocalQueue, input: unknown): object {
  const { RedrivePolicy } = queue.settings;
  // A property and the attribute that shows it have one name.
  const numbers = Object.entries(queue.settings).filter(([, value]) => typeof value === 'number');
  const counts = queue.counts();
  const all = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    ...Object.fromEntries(numbers.map(([name, value]) => [name, String(value)])),
    ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
  };
  return { Attributes: pick(all, parseInput(z.object({ AttributeNames: names }), input).AttributeNames) };
}

/** Each entry by itself, a refused one among `Failed`: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
function performBatch(input: unknown, perform: (entry: unknown) => object): object {
  const entries = parseInput(batchInput, input).Entries;
  checkEntryIds(entries.map((entry) => entry.Id));
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...perform(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function checkEntryIds(ids: readonly string[]): void {
  if (ids.length === 0) throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (ids.length > 10) {
    throw new SqsError('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
  }
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) {
    throw new SqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores.',
    );
  }
  if (new Set(ids).size < ids.length) throw new SqsError('BatchEntryIdsNotDistinct', 'Two entries have the same id.');
}
