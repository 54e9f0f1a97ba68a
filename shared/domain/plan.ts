import * as z from 'zod';
import { type JobType, stepNames, stepOf } from '../catalog/job-types.ts';

/** The steps a job with this input goes through, in order: those the catalog lists, less the optional ones it did not ask for. */
export function plannedSteps(type: JobType, input: unknown): readonly string[] {
  const asked = Fields.parse(input);
  return stepNames(type).filter((step) => {
    const field = stepOf(type, step)?.onlyIf;
    return field === undefined || asked[field] === true;
  });
}

/** Percent of the whole job done when the step is done to `fraction` (0 to 1). Steps share the bar equally; only the end is 100. */
export function percentAt(planned: readonly string[], step: string, fraction: number): number {
  const share = 100 / Math.max(1, planned.length);
  const done = Math.max(0, planned.indexOf(step)) * share + Math.min(1, Math.max(0, fraction)) * share;
  return Math.min(99, Math.floor(done));
}

/** Seconds a job with this input is likely to take once it may start, with `step` or its first. */
export function estimateSeconds(type: JobType, input: unknown, step?: string): number {
  const planned = plannedSteps(type, input);
  return planned
    .slice(Math.max(0, planned.indexOf(step ?? '')))
    .reduce((sum, step) => sum + (stepOf(type, step)?.estimateSeconds ?? 0), 0);
}

const Fields = z.record(z.string(), z.unknown()).catch({});
