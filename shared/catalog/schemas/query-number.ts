import * as z from 'zod';

/** A whole number of a query string, in decimal digits and nothing else: not empty, no sign, no `0x10`, no `1e2`. */
export function queryNumber(bounds: { readonly least: number; readonly most?: number }) {
  const { least, most = Number.MAX_SAFE_INTEGER } = bounds;
  return z.preprocess(numberOf, z.int({ error }).min(least).max(most));
}

/** Its bounds have words of their own. */
function error({ code }: { readonly code: string }): string | undefined {
  return code === 'invalid_type' ? 'must be a whole number' : undefined;
}

function numberOf(text: unknown): unknown {
  return typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : text;
}
