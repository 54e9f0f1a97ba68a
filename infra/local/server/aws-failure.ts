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
 * The failure as the caller's SDK expects it: `__type` (awsJson) and `x-amzn-errortype` (rest-json) in one answer, or XML for S3.
 * DynamoDB answers 400 where the others answer 403.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function failureResponse(failure: AwsFailure, service: string): AwsResponse {
  if (service === 's3') {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${failure.s3Code}</Code><Message>${escapeXml(failure.message)}</Message></Error>`;
    return { status: failure.status, headers: { 'content-type': 'application/xml' }, body };
  }
  return {
    status: service === 'dynamodb' && failure.status === 403 ? 400 : failure.status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': failure.code },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${failure.code}`, message: failure.message }),
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
