import { createHmac, hkdfSync } from 'node:crypto';

/** What is signed: the message under its constant id, at the moment of the attempt. */
export interface SignedContent {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/** Marks a secret of the symmetric scheme, and the version of its signatures. */
const SECRET_PREFIX = 'whsec_';
const VERSION = 'v1';

/** The scheme allows 24 to 64. */
const SECRET_BYTES = 32;

/**
 * The secret of one owner: derived from a master secret (HKDF-SHA-256, RFC 5869), so that none has to be kept for each and no owner's tells another's.
 * The owner is the hash that the job's record knows.
 */
export function webhookSecret(master: string, owner: string): string {
  const key = hkdfSync('sha256', master, '', `roadtrip-jobs/webhook-secret/${owner}`, SECRET_BYTES);
  return `${SECRET_PREFIX}${Buffer.from(key).toString('base64')}`;
}

/**
 * The headers of a Standard Webhooks message, signed with each of the secrets: while secrets are exchanged, receivers may know either.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function webhookHeaders(secrets: readonly string[], { id, timestamp, body }: SignedContent) {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
    return `${VERSION},${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  } as const;
}
