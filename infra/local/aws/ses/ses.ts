import * as z from 'zod';
import type { OutgoingMessages } from '../../outgoing-messages.ts';
import { AwsFailure } from '../../server/aws-failure.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';

/**
 * SES v2 as far as the service needs it: SendEmail of simple text, GetSuppressedDestination and GetContact. Every sender is verified and every
 * contact list exists; `messages` knows who is suppressed or has unsubscribed.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/Welcome.html
 */
export function createSes(messages: OutgoingMessages): AwsService {
  return { signingName: 'ses', handle: async (request) => handle(request, messages) };
}

const suppressionPath = /^\/v2\/email\/suppression\/addresses\/([^/]+)$/;
const contactPath = /^\/v2\/email\/contact-lists\/([^/]+)\/contacts\/([^/]+)$/;

function handle(request: AwsRequest, messages: OutgoingMessages): AwsResponse {
  const { method, path } = request;
  if (method === 'POST' && path === '/v2/email/outbound-emails') return sendEmail(request, messages);
  const [, suppressed] = suppressionPath.exec(path) ?? [];
  if (method === 'GET' && suppressed !== undefined) return suppression(decodeURIComponent(suppressed), messages);
  const [, list = '', contact] = contactPath.exec(path) ?? [];
  if (method === 'GET' && contact !== undefined) return contactOf(list, decodeURIComponent(contact), messages);
  throw new AwsFailure('NotImplemented', `NotImplemented: ${method} ${path}`, { status: 501 });
}

const Text = z.strictObject({ Data: z.string().min(1), Charset: z.literal('UTF-8') });

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
const SendEmail = z.strictObject({
  FromEmailAddress: z.email(),
  Destination: z.strictObject({ ToAddresses: z.tuple([z.email()]) }),
  Content: z.strictObject({ Simple: z.strictObject({ Subject: Text, Body: z.strictObject({ Text }) }) }),
  ListManagementOptions: z.strictObject({ ContactListName: z.string(), TopicName: z.string() }).optional(),
});

function sendEmail({ body }: AwsRequest, messages: OutgoingMessages): AwsResponse {
  const asked = SendEmail.safeParse(JSON.parse(body.toString()));
  if (!asked.success) throw new AwsFailure('BadRequestException', z.prettifyError(asked.error), { status: 400 });
  const { FromEmailAddress, Destination, Content, ListManagementOptions } = asked.data;
  const [to] = Destination.ToAddresses;
  const trouble = messages.takeTrouble(to);
  if (trouble === 'refused') throw new AwsFailure('MessageRejected', 'The message was rejected.', { status: 400 });
  if (trouble === 'throttled') throw new AwsFailure('TooManyRequestsException', 'Rate exceeded', { status: 429 });
  if (trouble === 'unavailable') throw new AwsFailure('ServiceUnavailable', 'Try again', { status: 503 });
  const isUnwanted = trouble === 'suppressed' || (trouble === 'unsubscribed' && ListManagementOptions !== undefined);
  const MessageId = messages.add({
    channel: 'email',
    to,
    delivered: !isUnwanted,
    content: {
      from: FromEmailAddress,
      subject: Content.Simple.Subject.Data,
      text: Content.Simple.Body.Text.Data,
      ...(ListManagementOptions && { topic: ListManagementOptions.TopicName }),
    },
  });
  if (trouble === 'unanswered')
    throw new AwsFailure('InternalServiceErrorException', 'Internal error', { status: 500 });
  return json({ MessageId });
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetSuppressedDestination.html */
function suppression(EmailAddress: string, messages: OutgoingMessages): AwsResponse {
  if (!messages.isIn(EmailAddress, 'suppressed')) {
    throw new AwsFailure('NotFoundException', `${EmailAddress} is not on the suppression list.`, { status: 404 });
  }
  return json({ SuppressedDestination: { EmailAddress, Reason: 'BOUNCE', LastUpdateTime: 1_767_225_600 } });
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetContact.html */
function contactOf(ContactListName: string, EmailAddress: string, messages: OutgoingMessages): AwsResponse {
  if (!messages.isIn(EmailAddress, 'unsubscribed')) {
    throw new AwsFailure('NotFoundException', `${EmailAddress} is not a contact.`, { status: 404 });
  }
  return json({ ContactListName, EmailAddress, UnsubscribeAll: true, TopicPreferences: [] });
}

function json(body: unknown): AwsResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
