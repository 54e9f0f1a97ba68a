import { createHash } from 'node:crypto';
import { SqsError } from './sqs-error.ts';

interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  /** Base64, as on the wire. */
  readonly BinaryValue?: string | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a sender gives. */
export interface MessageDraft {
  readonly body: string;
  readonly senderId: string;
  readonly attributes?: MessageAttributes | undefined;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
}

// XML 1.0's characters. Without the `u` flag every emoji would count as two invalid ones.
const invalidCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Throws what SendMessage throws: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function checkMessage({ body, attributes = {} }: MessageDraft, maximumBytes: number): void {
  const texts = [body, ...Object.values(attributes).map((attribute) => attribute.StringValue ?? '')];
  if (texts.some((text) => invalidCharacter.test(text))) {
    throw new SqsError('InvalidMessageContents', 'Invalid characters found. Valid characters are those of XML 1.0.');
  }
  if (messageBytes(body, attributes) > maximumBytes) {
    const reason = `Message must be shorter than ${maximumBytes} bytes.`;
    throw new SqsError('InvalidParameterValue', `One or more parameters are invalid. Reason: ${reason}`);
  }
}

/** Bytes of a body and of its attributes' names, types and values: all of them count against the size limit. */
export function messageBytes(body: string, attributes: MessageAttributes = {}): number {
  const parts = Object.entries(attributes).flatMap(([name, attribute]) => [
    name,
    attribute.DataType,
    valueBytes(attribute),
  ]);
  return [body, ...parts].reduce((total, part) => total + Buffer.byteLength(part), 0);
}

/** The digest by which a client checks a body, in hexadecimal. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * The digest by which a client checks attributes; undefined when there are none.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const sorted = Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
  if (sorted.length === 0) return undefined;
  const hash = createHash('md5');
  for (const [name, attribute] of sorted) {
    const transportType = Buffer.of(attribute.BinaryValue === undefined ? 1 : 2);
    hash.update(withLength(Buffer.from(name))).update(withLength(Buffer.from(attribute.DataType)));
    hash.update(transportType).update(withLength(valueBytes(attribute)));
  }
  return hash.digest('hex');
}

function valueBytes({ BinaryValue, StringValue = '' }: MessageAttribute): Buffer {
  return BinaryValue === undefined ? Buffer.from(StringValue) : Buffer.from(BinaryValue, 'base64');
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.byteLength);
  return Buffer.concat([length, bytes]);
}
