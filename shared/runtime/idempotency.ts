import { createHash } from 'node:crypto';
import type { RouteDefinition } from '../catalog/routes.ts';
import { type FieldError, ProblemError } from './problem.ts';

/** The request's idempotency key, and the fingerprint of what it stands for. Undefined when the request brings none that could be one. */
export function idempotencyOf(header: string | undefined, route: string, body: unknown) {
  const key = keyIn(header);
  if (key === undefined) return undefined;
  const fingerprint = createHash('sha256').update(canonical(body)).digest('base64url');
  return { route, key, fingerprint };
}

/** What is wrong with the idempotency key of a request to the route: it is missing where it must be, or could be none. */
export function keyErrors(
  { jobType, repeatable, idempotencyKey }: RouteDefinition,
  header: string | undefined,
): readonly FieldError[] {
  if (!jobType && !repeatable) return [];
  if (header === undefined) return idempotencyKey === 'required' ? [keyMissing] : [];
  return keyIn(header) === undefined ? [keyMalformed] : [];
}

/** What a request is told that lacks nothing but its key. */
export function keyRequired(): ProblemError {
  return new ProblemError('idempotency_key_required', 'One header is missing', { errors: [keyMissing] });
}

export const keyMissing: FieldError = { path: 'Idempotency-Key', message: 'is required' };

const keyMalformed: FieldError = {
  path: 'Idempotency-Key',
  message: 'must be 1 to 255 visible ASCII characters',
};

function keyIn(header: string | undefined): string | undefined {
  const key = /^"(.*)"$/.exec(header ?? '')?.[1] ?? header ?? '';
  return /^[\x21-\x7e]{1,255}$/.test(key) ? key : undefined;
}

/** What a request is told whose key stands for another one. */
export function keyReused(): ProblemError {
  return new ProblemError('idempotency_key_reused', 'The key belongs to a request with another body; use a new key');
}

/** What a request is told while another one with its key is being answered. */
export function keyInFlight(): ProblemError {
  return new ProblemError('idempotency_in_flight', 'Send the same request again in a moment', {
    headers: { 'retry-after': '1' },
  });
}

/** JSON with sorted names: the same for two bodies that mean the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}
