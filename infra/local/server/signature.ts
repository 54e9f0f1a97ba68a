import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { AwsFailure } from './aws-failure.ts';
import type { AwsRequest } from './aws-service.ts';

/** A request as it arrived; `host` is among its headers (HTTP/2 sends it as `:authority`). */
export interface SignedRequest extends Pick<AwsRequest, 'method' | 'path' | 'headers' | 'body'> {
  readonly rawQuery: string;
}

interface Claim {
  readonly accessKeyId: string;
  readonly scope: readonly string[];
  readonly service: string;
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Seconds a presigned URL is valid; undefined for a signature in the Authorization header. */
  readonly expiresSeconds?: number;
}

/** Signing clocks may differ by 15 minutes. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
const maxSkewMs = 15 * 60_000;
/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
const maxExpiresSeconds = 604_800;
const claimPattern = /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Reads who signed for which service, from the header or a presigned query; undefined when the request is not signed. */
export function readClaim({ headers, rawQuery }: SignedRequest): Claim | undefined {
  const [, credential, signedHeaders = '', signature = ''] = claimPattern.exec(headers.authorization ?? '') ?? [];
  if (credential !== undefined) {
    const timestamp = headers['x-amz-date'] ?? '';
    return { ...readCredential(credential), timestamp, signedHeaders: signedHeaders.split(';'), signature };
  }
  const query = new URLSearchParams(rawQuery);
  if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') return undefined;
  const field = (name: string) => query.get(name) ?? '';
  return {
    ...readCredential(field('X-Amz-Credential')),
    timestamp: field('X-Amz-Date'),
    signedHeaders: field('X-Amz-SignedHeaders').split(';'),
    signature: field('X-Amz-Signature'),
    expiresSeconds: Number(field('X-Amz-Expires')),
  };
}

function readCredential(credential: string) {
  const parts = credential.split('/');
  // An access key id may itself contain slashes; the scope is always the last four parts.
  const scope = parts.slice(-4);
  return { accessKeyId: parts.slice(0, -4).join('/'), scope, service: scope[2] ?? '' };
}

/**
 * Verifies AWS Signature Version 4: time, payload hash, then the signature itself in constant time.
 * @throws AwsFailure with AWS's own code
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(request: SignedRequest, claim: Claim, secret: string | undefined, nowMs: number): void {
  if (secret === undefined) {
    const message = 'The security token included in the request is invalid.';
    throw new AwsFailure('UnrecognizedClientException', message, { s3Code: 'InvalidAccessKeyId' });
  }
  verifyTime(claim, nowMs);
  const wanted = Buffer.from(signatureOf(request, claim, payloadHash(request, claim), secret));
  const given = Buffer.from(claim.signature);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given) || !coversItsHeaders(request, claim)) {
    throw signatureFailure('The request signature we calculated does not match the signature you provided.');
  }
}

function verifyTime({ timestamp, scope: [date, , , terminator], expiresSeconds }: Claim, nowMs: number): void {
  const iso = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const ageMs = nowMs - Date.parse(iso);
  if (Number.isNaN(ageMs) || date !== timestamp.slice(0, 8) || terminator !== 'aws4_request') {
    throw signatureFailure('The credential scope or the date of the signature is not valid.');
  }
  if (ageMs < -maxSkewMs || (expiresSeconds === undefined && ageMs > maxSkewMs)) {
    const message = `Signature expired or not yet current: ${timestamp}`;
    throw new AwsFailure('InvalidSignatureException', message, { s3Code: 'RequestTimeTooSkewed' });
  }
  if (expiresSeconds === undefined) return;
  if (!(expiresSeconds >= 1 && expiresSeconds <= maxExpiresSeconds)) {
    const message = 'X-Amz-Expires must be between 1 and 604800 seconds';
    throw new AwsFailure('AuthorizationQueryParametersError', message, { status: 400 });
  }
  if (ageMs > expiresSeconds * 1000) {
    throw new AwsFailure('AccessDeniedException', 'Request has expired', { s3Code: 'AccessDenied' });
  }
}

function payloadHash({ headers, body }: SignedRequest, { expiresSeconds, service }: Claim): string {
  const declared = headers['x-amz-content-sha256'];
  if (declared === undefined && expiresSeconds !== undefined && service === 's3') return 'UNSIGNED-PAYLOAD';
  if (declared === 'UNSIGNED-PAYLOAD' || declared?.startsWith('STREAMING-')) return declared;
  const actual = hash('sha256', body);
  if (declared === undefined || declared === actual) return actual;
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  throw new AwsFailure('InvalidSignatureException', message, { s3Code: 'XAmzContentSHA256Mismatch', status: 400 });
}

/** The host and every `x-amz-` header that was sent must be signed. */
function coversItsHeaders({ headers }: SignedRequest, { signedHeaders }: Claim): boolean {
  const signsHost = signedHeaders.includes('host') || signedHeaders.includes(':authority');
  const mustBeSigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-'));
  return signsHost && mustBeSigned.every((name) => signedHeaders.includes(name) || name === 'x-amz-content-sha256');
}

function signatureOf(request: SignedRequest, claim: Claim, payload: string, secret: string): string {
  // Over HTTP/2 the SDK signs the host under its HTTP/2 name.
  const headerValue = (name: string) => request.headers[name === ':authority' ? 'host' : name] ?? '';
  const headers = claim.signedHeaders.map((name) => `${name}:${headerValue(name).trim().replace(/ +/g, ' ')}\n`);
  // S3 signs the path as sent; every other service signs it percent-encoded once more.
  const path = claim.service === 's3' ? request.path : request.path.split('/').map(encodeStrictly).join('/');
  const query = canonicalQuery(request.rawQuery);
  const signedNames = claim.signedHeaders.join(';');
  const canonical = [request.method, path, query, headers.join(''), signedNames, payload].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', claim.timestamp, claim.scope.join('/'), hash('sha256', canonical)].join('\n');
  return createHmac('sha256', signingKey(secret, claim.scope)).update(toSign).digest('hex');
}

/** Made once a day for each credential, and kept as key objects: without both, keys cost more than the rest of the check. */
const signingKeys = new Map<string, KeyObject>();

function signingKey(secret: string, scope: readonly string[]): KeyObject {
  const name = [secret, ...scope].join('/');
  const known = signingKeys.get(name);
  if (known) return known;
  const hmac = (key: Buffer, content: string) => createHmac('sha256', key).update(content).digest();
  const key = createSecretKey(scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`)));
  if (signingKeys.size > 1000) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

function canonicalQuery(rawQuery: string): string {
  const pairs = [...new URLSearchParams(rawQuery)].filter(([name]) => name !== 'X-Amz-Signature');
  const encoded = pairs.map((pair) => pair.map(encodeStrictly).join('='));
  return encoded.sort().join('&');
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function signatureFailure(message: string): AwsFailure {
  return new AwsFailure('InvalidSignatureException', message, { s3Code: 'SignatureDoesNotMatch' });
}
