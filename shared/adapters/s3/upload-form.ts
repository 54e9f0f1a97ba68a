import { bucketUrl, type S3Signer, sign, signingScope } from './s3-signer.ts';

export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  readonly maxBytes: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly expiresAt: number;
}

export interface SignedForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * A form by which anyone may upload one object of that key and type, until it expires.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function signUploadForm(upload: Upload, signer: S3Signer): SignedForm {
  const { time, scope } = signingScope(upload.now, signer);
  const fixed = {
    key: upload.key,
    'Content-Type': upload.contentType,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': [signer.accessKeyId, ...scope].join('/'),
    'X-Amz-Date': time,
    ...(signer.sessionToken !== undefined && { 'X-Amz-Security-Token': signer.sessionToken }),
  };
  const policy = policyOf(upload, fixed);
  return {
    url: bucketUrl(upload.bucket, signer),
    fields: { ...fixed, Policy: policy, 'X-Amz-Signature': sign(policy, scope, signer) },
  };
}

/** Base64. Every field must be as it is here; the file must not be empty. */
function policyOf({ bucket, maxBytes, expiresAt }: Upload, fixed: Readonly<Record<string, string>>): string {
  const conditions = [
    { bucket },
    ...Object.entries(fixed).map(([name, value]) => ({ [name]: value })),
    ['content-length-range', 1, maxBytes],
  ];
  return Buffer.from(JSON.stringify({ expiration: new Date(expiresAt).toISOString(), conditions })).toString('base64');
}
