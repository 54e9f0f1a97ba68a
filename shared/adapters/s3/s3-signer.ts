import { createHmac } from 'node:crypto';

/** Who signs, and where S3 is. */
export interface S3Signer {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** An S3 that is not AWS's own. */
  readonly endpoint?: string | undefined;
}

/**
 * When a signature is made, and for what (Signature Version 4). Signing is a few hashes; the SDK's packages for forms and links bring the whole
 * S3 client along, 105 kB that every cold start of the API would load.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
export function signingScope(now: number, { region }: S3Signer) {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return { time, scope: [time.slice(0, 8), region, 's3', 'aws4_request'] };
}

/** Hexadecimal. */
export function sign(text: string, scope: readonly string[], { secretAccessKey }: S3Signer): string {
  const secret: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`);
  return hmac(scope.reduce(hmac, secret), text).toString('hex');
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html; other endpoints know buckets by path. */
export function bucketUrl(bucket: string, { region, endpoint }: S3Signer): string {
  return endpoint === undefined
    ? `https://${bucket}.s3.${region}.amazonaws.com/`
    : `${new URL(bucket, endpoint).href}/`;
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
