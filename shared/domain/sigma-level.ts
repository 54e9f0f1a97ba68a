/** The customary allowance for how far a process drifts in the long run. */
const SHIFT = 1.5;

/** Far enough that no double tells more. */
const LARGEST_Z = 8;

/**
 * The sigma level of a process with so many defects per million opportunities: 3.4 are 6 sigma, because of the shift of 1.5. Undefined for
 * none and for a million, which no finite level has.
 */
export function sigmaLevel(dpmo: number): number | undefined {
  const wanted = 1 - dpmo / 1e6;
  if (wanted <= 0 || wanted >= 1) return undefined;
  let [low, high] = [-LARGEST_Z, LARGEST_Z];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < wanted) low = middle;
    else high = middle;
  }
  return low + SHIFT;
}

/** The part of a standard normal distribution below z, by the series z + z³/3 + z⁵/(3·5) + … times the density. */
function normalDistribution(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
