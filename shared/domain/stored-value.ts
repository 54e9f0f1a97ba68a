import type { Job, StoredValue } from './job.ts';

/** The run that made a value. */
export type RunOf = Pick<Job, 'id' | 'visit' | 'attempt'>;

/** A value of the record, and how it is stored there. */
export interface Known {
  readonly value: unknown;
  readonly as: StoredValue;
}

/** Values up to this many bytes of JSON stay in the head, which every transition rewrites. */
const LARGEST_INLINE_BYTES = 2_048;

/**
 * How a value is stored without a part of its own: in the head when it is small, or, when it only adds to what is stored already, as the part
 * that is there and what was added. Undefined: it needs a part.
 */
export function withoutNewPart(value: unknown, known: Known | undefined): StoredValue | undefined {
  if (isSmall(value)) return { inline: value };
  if (!known || !('part' in known.as)) return undefined;
  const { part, more } = known.as;
  const added = additions(known.value, value);
  if (!added) return undefined;
  const all = { ...more, ...added };
  return isSmall(all) ? { part, ...(Object.keys(all).length > 0 && { more: all }) } : undefined;
}

/** The whole of a stored value, of whose part this is the content. */
export function withMore(content: unknown, { more }: Extract<StoredValue, { part: string }>): unknown {
  return more ? { ...fieldsOf(content), ...more } : content;
}

function isSmall(value: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(value)) <= LARGEST_INLINE_BYTES;
}

/** The fields that `after` has and `before` has not, or not so; undefined if `after` lacks one, or either is no object. */
function additions(before: unknown, after: unknown): Readonly<Record<string, unknown>> | undefined {
  const [old, young] = [fieldsOf(before), fieldsOf(after)];
  if (!old || !young || Object.keys(old).some((name) => young[name] === undefined)) return undefined;
  const isNew = ([name, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(old[name]);
  return Object.fromEntries(Object.entries(young).filter(isNew));
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : undefined;
}
