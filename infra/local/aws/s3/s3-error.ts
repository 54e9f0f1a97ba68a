import type { AwsResponse } from '../../server/aws-service.ts';

/** Codes, statuses and texts of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const errors = {
  AccessDenied: [403, 'Access Denied'],
  AccessForbidden: [403, 'CORSResponse: This CORS request is not allowed.'],
  BadDigest: [400, 'The checksum you specified did not match what we received.'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size.'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size.'],
  InvalidAccessKeyId: [403, 'The access key Id you provided does not exist in our records.'],
  InvalidPolicyDocument: [
    400,
    'The content of the form does not meet the conditions specified in the policy document.',
  ],
  InvalidRange: [416, 'The requested range is not satisfiable.'],
  KeyTooLongError: [400, 'Your key is too long.'],
  MalformedPOSTRequest: [400, 'The body of your POST request is not well-formed multipart/form-data.'],
  NoSuchBucket: [404, 'The specified bucket does not exist.'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NotImplemented: [501, 'A header or query parameter implies functionality that is not implemented.'],
  PreconditionFailed: [412, 'At least one of the preconditions that you specified did not hold.'],
  SignatureDoesNotMatch: [403, 'The request signature that the server calculated does not match the one you provided.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** A refusal as S3 words it. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: keyof typeof errors;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: keyof typeof errors,
    message: string = errors[code][1],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.headers = headers;
  }

  toResponse(): AwsResponse {
    const body = xmlDocument('Error', xmlElement('Code', this.code) + xmlElement('Message', this.message));
    return { status: errors[this.code][0], headers: { 'content-type': 'application/xml', ...this.headers }, body };
  }
}

/** `content` is XML already. */
export function xmlDocument(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${content}</${root}>`;
}

/** `text` is escaped here. */
export function xmlElement(name: string, text: string | number | boolean): string {
  const escaped = String(text).replace(/[<>&\r]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<${name}>${escaped}</${name}>`;
}
