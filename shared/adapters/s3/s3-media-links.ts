import { createHash } from 'node:crypto';
import type { MediaLinks, Now } from '../../domain/ports.ts';
import { bucketUrl, type S3Signer, sign, signingScope } from './s3-signer.ts';

/** How long a link stays good, seconds. A function's own credentials may end it earlier, which is why links are signed at reading. */
const LINK_SECONDS = 3_600;

/**
 * Links to objects of one private bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export class S3MediaLinks implements MediaLinks {
  readonly #bucket: string;
  readonly #signer: S3Signer;
  readonly #now: Now;

  constructor(bucket: string, signer: S3Signer, now: Now) {
    this.#bucket = bucket;
    this.#signer = signer;
    this.#now = now;
  }

  link(key: string): string {
    const { time, scope } = signingScope(this.#now(), this.#signer);
    const url = new URL(key.split('/').map(encode).join('/'), bucketUrl(this.#bucket, this.#signer));
    const query = queryOf({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': [this.#signer.accessKeyId, ...scope].join('/'),
      'X-Amz-Date': time,
      'X-Amz-Expires': String(LINK_SECONDS),
      ...(this.#signer.sessionToken !== undefined && { 'X-Amz-Security-Token': this.#signer.sessionToken }),
      'X-Amz-SignedHeaders': 'host',
    });
    const request = ['GET', url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
    const hash = createHash('sha256').update(request).digest('hex');
    const signature = sign(['AWS4-HMAC-SHA256', time, scope.join('/'), hash].join('\n'), scope, this.#signer);
    return `${url.href}?${query}&X-Amz-Signature=${signature}`;
  }
}

/** Sorted by name, as it is signed. */
function queryOf(parameters: Readonly<Record<string, string>>): string {
  const names = Object.keys(parameters).sort();
  return names.map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`).join('&');
}

/** RFC 3986, which is stricter than encodeURIComponent. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
