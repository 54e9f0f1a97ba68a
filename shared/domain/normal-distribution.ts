/** Far enough that no double tells more. */
const LARGEST_Z = 8;

/** The z below which this part of a standard normal distribution lies; at most 8 from the middle. */
export function normalQuantile(part: number): number {
  let [low, high] = [-LARGEST_Z, LARGEST_Z];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < part) low = middle;
    else high = middle;
  }
  return low;
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
