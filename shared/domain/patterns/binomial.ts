/**
 * The part of a binomial distribution of `trials` with this `chance` that lies below `count`, with half of what lies on it (the mid-p value): it
 * is near 0.5 for what is expected, also where a normal distribution is no likeness, with few trials or a small chance. Added up from 0, in
 * logarithms, so that no number of trials underflows.
 */
export function binomialPosition(count: number, trials: number, chance: number): number {
  const logOdds = Math.log(chance) - Math.log1p(-chance);
  let logProbability = trials * Math.log1p(-chance);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += Math.exp(logProbability);
    logProbability += Math.log((trials - k) / (k + 1)) + logOdds;
  }
  return Math.min(1, below + Math.exp(logProbability) / 2);
}
