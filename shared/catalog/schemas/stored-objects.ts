import * as z from 'zod';

/** Ends the name of every result field that holds the key of a stored object. */
export const objectKeySuffix = '_key';

/** A result as its owner sees it: each stored object key has become a signed link. Strict, or the result of any type would fit that of a probe. */
export function shown(result: z.ZodObject): z.ZodType {
  const fields = Object.entries(result.shape).map(([name, field]) =>
    name.endsWith(objectKeySuffix) ? [shownName(name), linkLike(field)] : [name, field],
  );
  const examples = z.array(z.record(z.string(), z.unknown())).default([]).parse(result.meta()?.examples);
  return z.strictObject(Object.fromEntries(fields)).meta({ examples: examples.map(shownExample) });
}

/** The name under which the owner sees the link to that object. */
export function shownName(field: string): string {
  return `${field.slice(0, -objectKeySuffix.length)}_url`;
}

function shownExample(example: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = Object.entries(example).map(([name, value]) =>
    name.endsWith(objectKeySuffix)
      ? [shownName(name), `https://media.example/${value}?X-Amz-Signature=…`]
      : [name, value],
  );
  return Object.fromEntries(fields);
}

function linkLike(field: z.ZodType): z.ZodType {
  const link = z.url().meta({ description: 'Signed for at least 15 minutes; read the status again for a fresh link.' });
  return field.isOptional() ? link.optional() : link;
}
