import type * as z from 'zod';
import { figuresMinutes, type MissingReason, type QueueFigure, queueFigureNames } from '../catalog/queue-figures.ts';
import type { QueueFiguresView } from '../catalog/schemas/queue-stats.ts';
import type { MeasuredQueue, Percentiles } from '../domain/queue-history.ts';
import { sigmaLevel } from '../domain/sigma-level.ts';

type Figures = z.infer<typeof QueueFiguresView>;
type Known = Omit<Figures, 'missing'>;

/** What is shown of a queue's metrics; `not_readable` when nobody could read them. What is not known is null and has a reason. */
export function figuresOf(measured: MeasuredQueue | 'not_readable'): Figures {
  if (measured === 'not_readable') return { ...unknown, missing: whyMissing(unknown, () => 'not_readable') };
  const { ageOfOldest = null, pickUp, step } = measured;
  const known = {
    age_of_oldest: ageOfOldest,
    pick_up: seconds(pickUp),
    step: seconds(step),
    ...ratesOf(measured),
    ...qualityOf(measured),
  };
  return { ...known, missing: whyMissing(known, (figure) => reasonFor(figure, known)) };
}

const unknown: Known = {
  age_of_oldest: null,
  per_minute: null,
  pick_up: null,
  step: null,
  opportunities: null,
  defects: null,
  completion_rate: null,
  dpmo: null,
  sigma_level: null,
};

/** Counts are written when there is something to count: if one of them is there, the others were none. */
function ratesOf({ accepted, completed, failed, expired }: MeasuredQueue): Pick<Known, 'per_minute'> {
  if ([accepted, completed, failed, expired].every((count) => count === undefined)) return { per_minute: null };
  const rate = (count = 0) => rounded(count / figuresMinutes, 4);
  const rates = { accepted: rate(accepted), completed: rate(completed), failed: rate(failed), expired: rate(expired) };
  return { per_minute: rates };
}

type Quality = Pick<Known, 'opportunities' | 'defects' | 'completion_rate' | 'dpmo' | 'sigma_level'>;

function qualityOf({ completed, failed, expired }: MeasuredQueue): Quality {
  const defects = (failed ?? 0) + (expired ?? 0);
  const opportunities = (completed ?? 0) + defects;
  if (opportunities === 0) {
    return { opportunities: null, defects: null, completion_rate: null, dpmo: null, sigma_level: null };
  }
  const dpmo = (defects / opportunities) * 1e6;
  const sigma = sigmaLevel(dpmo);
  return {
    opportunities,
    defects,
    completion_rate: rounded(1 - defects / opportunities, 6),
    dpmo: rounded(dpmo, 1),
    sigma_level: sigma === undefined ? null : rounded(sigma, 2),
  };
}

function reasonFor(figure: QueueFigure, { per_minute, opportunities }: Known): MissingReason {
  if (figure === 'sigma_level' && opportunities !== null) return 'too_few';
  const isOfEnds = figure !== 'age_of_oldest' && figure !== 'pick_up' && figure !== 'step';
  return isOfEnds && per_minute !== null ? 'nothing_ended' : 'no_data';
}

function whyMissing(known: Known, reason: (figure: QueueFigure) => MissingReason): Figures['missing'] {
  const missing = queueFigureNames.filter((figure) => known[figure] === null);
  return Object.fromEntries(missing.map((figure) => [figure, reason(figure)]));
}

function seconds(percentiles: Percentiles | undefined): Percentiles | null {
  if (!percentiles) return null;
  const { p50, p95, p99 } = percentiles;
  return { p50: rounded(p50 / 1_000, 3), p95: rounded(p95 / 1_000, 3), p99: rounded(p99 / 1_000, 3) };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
