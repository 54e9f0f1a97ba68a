import { longestHoldSeconds } from '../catalog/problems.ts';

/** What the caller would like (RFC 7240): to be answered at once, which is the rule here, or to be held for so many seconds. */
export interface Preference {
  readonly respondAsync: boolean;
  /** 0: not at all. Never more than we hold anyone. */
  readonly waitSeconds: number;
}

/** A preference is no demand: what cannot be read is passed over. */
export function preferenceOf(header: string | undefined): Preference {
  const wishes = (header ?? '').split(',').map((wish) => wish.trim().toLowerCase());
  const seconds = wishes.flatMap((wish) => /^wait\s*=\s*"?(\d{1,9})"?\s*(?:;|$)/.exec(wish)?.[1] ?? [])[0];
  return {
    respondAsync: wishes.some((wish) => /^respond-async\s*(?:;|$)/.test(wish)),
    waitSeconds: Math.min(longestHoldSeconds, Number(seconds ?? 0)),
  };
}

/** The header that says what of it was heeded. */
export function preferenceApplied(
  { respondAsync, waitSeconds }: Preference,
  status: number,
): Readonly<Record<string, string>> {
  const applied = [
    ...(respondAsync && status === 202 ? ['respond-async'] : []),
    ...(waitSeconds > 0 ? [`wait=${waitSeconds}`] : []),
  ];
  return applied.length > 0 ? { 'preference-applied': applied.join(', ') } : {};
}
