import { normalQuantile } from './normal-distribution.ts';

/** The customary allowance for how far a process drifts in the long run. */
const SHIFT = 1.5;

/**
 * The sigma level of a process with so many defects per million opportunities: 3.4 are 6 sigma, because of the shift of 1.5. Undefined for
 * none and for a million, which no finite level has.
 */
export function sigmaLevel(dpmo: number): number | undefined {
  const wanted = 1 - dpmo / 1e6;
  if (wanted <= 0 || wanted >= 1) return undefined;
  return normalQuantile(wanted) + SHIFT;
}
