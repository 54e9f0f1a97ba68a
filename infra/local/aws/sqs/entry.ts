import { type MessageAttributes, type MessageDraft, md5 } from './message.ts';
import { SqsError } from './sqs-error.ts';

/** What a message keeps when it is moved to a dead-letter queue; times in milliseconds since the epoch. */
export interface SentMessage extends MessageDraft {
  readonly id: string;
  readonly sentAt: number;
  /** Receives in the message's whole life, which a dead-letter queue goes on counting. */
  receiveCount: number;
  firstReceivedAt: number | undefined;
}

/** A message's place in one queue. */
export interface Entry extends SentMessage {
  readonly arrivedAt: number;
  readonly deadLetterSourceArn: string | undefined;
  state: 'visible' | 'inFlight' | 'delayed' | 'gone';
  receivesHere: number;
  cancelTimer: () => void;
}

/** What a consumer gets: every attribute, of which the wire shows those it was asked for. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** Names and formats of https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly messageAttributes: MessageAttributes;
}

/** The entry as it is received from the queue, with a handle that names this receive. */
export function receivedMessage(entry: Entry, queueName: string): ReceivedMessage {
  return {
    messageId: entry.id,
    receiptHandle: Buffer.from(`${queueName}/${entry.id}/${entry.receiveCount}`).toString('base64'),
    body: entry.body,
    md5OfBody: md5(entry.body),
    systemAttributes: {
      SenderId: entry.senderId,
      SentTimestamp: String(entry.sentAt),
      ApproximateReceiveCount: String(entry.receiveCount),
      ApproximateFirstReceiveTimestamp: String(entry.firstReceivedAt),
      ...(entry.groupId !== undefined && { MessageGroupId: entry.groupId }),
      ...(entry.traceHeader !== undefined && { AWSTraceHeader: entry.traceHeader }),
      ...(entry.deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: entry.deadLetterSourceArn }),
    },
    messageAttributes: entry.attributes ?? {},
  };
}

/** Throws ReceiptHandleIsInvalid for anything that is not a handle of this queue. */
export function readReceiptHandle(
  handle: string,
  queueName: string,
): { readonly id: string; readonly receiveCount: number } {
  const [name, id = '', receiveCount] = Buffer.from(handle, 'base64').toString().split('/');
  if (name !== queueName || receiveCount === undefined) {
    throw new SqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { id, receiveCount: Number(receiveCount) };
}
