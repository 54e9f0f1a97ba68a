import type { Readable } from 'node:stream';

/** One AWS service's stand-in: it sees requests whose signature has been checked, and nothing beside them. */
export interface AwsService {
  /** The service name in the signature's credential scope, by which the endpoint routes a request. */
  readonly signingName:
    | 'dynamodb'
    | 'sqs'
    | 's3'
    | 'polly'
    | 'bedrock'
    | 'lambda'
    | 'ssm'
    | 'sns'
    | 'ses'
    | 'monitoring';
  handle(request: AwsRequest): Promise<AwsResponse>;
}

export interface AwsRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Access key id of the caller; undefined only for a browser's form post, which the service itself must verify. */
  readonly accessKeyId: string | undefined;
  /** Aborts when the caller hangs up, so that a long poll never takes a message for nobody. */
  readonly signal: AbortSignal;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable;
}
