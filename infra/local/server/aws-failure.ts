import { randomUUID } from 'node:crypto';
import type { AwsResponse } from './aws-service.ts';

/** A refusal by the endpoint itself; `code` is the name in JSON protocols, `s3Code` its counterpart in S3's XML. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
  readonly code: string;
  readonly s3Code: string;
  readonly status: number;

  constructor(code: string, message: string, options: { readonly s3Code?: string; readonly status?: number } = {}) {
    super(message);
    this.code = code;
    this.s3Code = options.s3Code ?? code;
    this.status = options.status ?? 403;
  }
}

/**
 * The failure as the caller's SDK expects it: `__type` (awsJson) and `x-amzn-errortype` (rest-json) in one answer, or XML for S3 and SNS.
 * DynamoDB answers 400 where the others answer 403; SQS adds the name that its older protocol had.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function failureResponse(failure: AwsFailure, service: string): AwsResponse {
  if (service === 's3') {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${failure.s3Code}</Code><Message>${escapeXml(failure.message)}</Message></Error>`;
    return { status: failure.status, headers: { 'content-type': 'application/xml' }, body };
  }
  if (service === 'sns') return queryFailure(failure.status, failure.code, failure.message);
  const queryCode = service === 'sqs' && failure.code.replace(/Exception$/, '');
  return {
    status: service === 'dynamodb' && failure.status === 403 ? 400 : failure.status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-errortype': failure.code,
      ...(queryCode && { 'x-amzn-query-error': `${queryCode};Sender` }),
    },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${failure.code}`, message: failure.message }),
  };
}

/** A refusal in the query protocol, which SNS speaks: https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
export function queryFailure(status: number, code: string, message: string): AwsResponse {
  const type = status < 500 ? 'Sender' : 'Receiver';
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  const body = `<ErrorResponse xmlns="${snsNamespace}">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

export const snsNamespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
