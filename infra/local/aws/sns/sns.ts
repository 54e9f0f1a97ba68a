import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { OutgoingMessages, Trouble } from '../../outgoing-messages.ts';
import { queryFailure, snsNamespace } from '../../server/aws-failure.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';
import { local } from '../../template/physical-names.ts';

/**
 * SNS as far as pushes to devices need it: Publish with TargetArn, in the AWS query protocol. Every well-formed endpoint of the local account exists.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function createSns(messages: OutgoingMessages): AwsService {
  return {
    signingName: 'sns',
    handle: async (request) => {
      try {
        return published(publish(request, messages));
      } catch (error) {
        if (error instanceof SnsRefusal) return queryFailure(error.status, error.code, error.message);
        throw error;
      }
    },
  };
}

const Publish = z.object({ TargetArn: z.string(), MessageStructure: z.literal('json'), Message: z.string() });

const endpointArn = /^arn:aws:sns:([\w-]+):(\d{12}):endpoint\/(APNS|APNS_SANDBOX|GCM)\/[\w.-]+\/[\w-]+$/;

/** SNS and its platforms take so much, bytes. */
const longestMessage = 262_144;

const longestPayload = 4_096;

function publish({ body }: AwsRequest, messages: OutgoingMessages): string {
  const fields = Object.fromEntries(new URLSearchParams(body.toString()));
  if (fields.Action !== 'Publish' || fields.TargetArn === undefined) {
    throw new SnsRefusal(501, 'NotImplemented', `NotImplemented: ${fields.Action} without TargetArn`);
  }
  const { TargetArn, Message } = Publish.parse(fields);
  const [, region, account, platform = ''] = endpointArn.exec(TargetArn) ?? [];
  if (region !== local.region) throw new SnsRefusal(400, 'InvalidParameter', 'Invalid parameter: TargetArn');
  if (account !== local.accountId) throw new SnsRefusal(403, 'AuthorizationError', 'Not authorized');
  const payload = payloadFor(platform, Message);
  const trouble = messages.takeTrouble(TargetArn);
  const asked = trouble && refusals[trouble];
  if (asked) throw asked;
  const content = { platform, payload, attributes: attributesOf(fields) };
  const id = messages.add({ channel: 'push', to: TargetArn, delivered: true, content });
  if (trouble === 'unanswered') throw new SnsRefusal(500, 'InternalError', 'Internal error');
  return id;
}

/** What the platform of the endpoint gets: its own text, which must be JSON, or the default. */
function payloadFor(platform: string, message: string): unknown {
  const texts = z.object({ default: z.string() }).catchall(z.string()).safeParse(parseJson(message));
  if (Buffer.byteLength(message) > longestMessage || !texts.success) {
    throw new SnsRefusal(400, 'InvalidParameter', 'Invalid parameter: Message');
  }
  const text = texts.data[platform];
  if (text === undefined) return texts.data.default;
  const payload = parseJson(text);
  if (payload === undefined || Buffer.byteLength(text) > longestPayload) {
    throw new SnsRefusal(
      400,
      'InvalidParameter',
      `Invalid parameter: Message Reason: Invalid notification for ${platform}`,
    );
  }
  return payload;
}

function attributesOf(fields: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const names = Object.entries(fields).filter(([name]) => /^MessageAttributes\.entry\.\d+\.Name$/.test(name));
  return Object.fromEntries(names.map(([field, name]) => [name, fields[field.replace(/Name$/, 'Value.StringValue')]]));
}

class SnsRefusal extends Error {
  override readonly name = 'SnsRefusal';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const refusals: Readonly<Partial<Record<Trouble, SnsRefusal>>> = {
  refused: new SnsRefusal(400, 'EndpointDisabled', 'Endpoint is disabled'),
  throttled: new SnsRefusal(429, 'Throttled', 'Rate exceeded'),
  unavailable: new SnsRefusal(503, 'ServiceUnavailable', 'Try again'),
};

function published(id: string): AwsResponse {
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  const result = `<PublishResult><MessageId>${id}</MessageId></PublishResult>`;
  const body = `<PublishResponse xmlns="${snsNamespace}">${result}${metadata}</PublishResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
