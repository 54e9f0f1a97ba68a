import { normalQuantile } from '../normal-distribution.ts';
import { binomialPosition } from './binomial.ts';

/** One hour of a process. */
export interface Counted {
  /** Milliseconds since the epoch, of its beginning. */
  readonly from: number;
  readonly opportunities: number;
  readonly defects: number;
}

export interface ControlChart {
  /** Part of the opportunities that are defects, as it was before. */
  readonly usual: number;
  /** The hours judged that had an opportunity. */
  readonly points: readonly ChartPoint[];
}

export interface ChartPoint extends Counted {
  /** The most defects that chance explains: more of them, or as improbable a number, come in one of 740 hours. */
  readonly limit: number;
  /** How far above the usual, in standard deviations of a normal distribution that is as improbable. */
  readonly deviation: number;
  /** The rules that say that chance does not explain it. */
  readonly breaks: readonly RunRule[];
}

/**
 * The Western Electric rules, on the side of too many defects: so many of so many hours, the last one among them, this far above the usual.
 * https://www.itl.nist.gov/div898/handbook/pmc/section3/pmc32.htm
 */
export const runRules = {
  beyond_three: { hours: 1, of: 1, deviation: 3 },
  two_of_three_beyond_two: { hours: 2, of: 3, deviation: 2 },
  four_of_five_beyond_one: { hours: 4, of: 5, deviation: 1 },
  eight_in_a_row_above: { hours: 8, of: 8, deviation: 0 },
} as const satisfies Record<string, { readonly hours: number; readonly of: number; readonly deviation: number }>;

export type RunRule = keyof typeof runRules;

const ruleNames = Object.keys(runRules).filter((name): name is RunRule => Object.hasOwn(runRules, name));

/**
 * A chart of the part defective, whose limits are those of each hour's own number of opportunities
 * (https://www.itl.nist.gov/div898/handbook/pmc/section3/pmc332.htm). They are taken from the binomial distribution itself: its usual likeness,
 * three standard deviations, needs five expected defects an hour, which a good process never has. Undefined when there was nothing before.
 */
export function controlChart(before: readonly Counted[], judged: readonly Counted[]): ControlChart | undefined {
  const opportunities = sum(before.map((hour) => hour.opportunities));
  if (opportunities === 0) return undefined;
  // Jeffreys' estimate: no defect so far does not mean that one is impossible.
  const usual = (sum(before.map(({ defects }) => defects)) + 0.5) / (opportunities + 1);
  const measured = judged
    .filter((hour) => hour.opportunities > 0)
    .map((hour) => ({ ...hour, limit: limitOf(hour.opportunities, usual), deviation: deviationOf(hour, usual) }));
  return { usual, points: measured.map((point, index) => ({ ...point, breaks: brokenAt(index, measured) })) };
}

function deviationOf({ defects, opportunities }: Counted, usual: number): number {
  return normalQuantile(binomialPosition(defects, opportunities, usual));
}

/** The deviation rises with the defects, so the limit is found by halving. */
function limitOf(opportunities: number, usual: number): number {
  let [low, high] = [0, opportunities];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const deviation = deviationOf({ from: 0, defects: middle, opportunities }, usual);
    if (deviation <= runRules.beyond_three.deviation) low = middle;
    else high = middle - 1;
  }
  return low;
}

function brokenAt(index: number, points: readonly { readonly deviation: number }[]): readonly RunRule[] {
  return ruleNames.filter((name) => {
    const { hours, of, deviation } = runRules[name];
    const beyond = points.slice(Math.max(0, index + 1 - of), index + 1).map((point) => point.deviation > deviation);
    return beyond.at(-1) === true && beyond.filter(Boolean).length >= hours;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
