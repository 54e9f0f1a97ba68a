import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateSeconds, percentAt, plannedSteps } from '../../../shared/domain/plan.ts';

describe('the plan of a job', () => {
  it('leaves out a step that was not asked for', () => {
    expect(plannedSteps('generate_story', { include_voice: true })).toEqual(['write', 'narrate']);
    expect(plannedSteps('generate_story', { include_voice: false })).toEqual(['write']);
    expect(plannedSteps('generate_story', {})).toEqual(['write']);
    expect(plannedSteps('generate_story', null)).toEqual(['write']);
  });

  it('estimates the steps that will run', () => {
    const estimate = (include_voice: boolean, step = 'write') =>
      estimateSeconds('generate_story', { include_voice }, step);
    expect(estimate(false)).toBeGreaterThan(0);
    expect(estimate(true)).toBe(estimate(false) + estimate(true, 'narrate'));
  });
});

describe('the progress bar', () => {
  const plan = fc.constantFrom(['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  const fraction = fc.double({ min: -2, max: 2, noNaN: true });

  it('is a whole percent, and 100 only at the end of the job', () => {
    fc.assert(
      fc.property(plan, fraction, fc.nat(6), (steps, done, index) => {
        const percent = percentAt(steps, steps[index % steps.length] ?? '', done);
        return Number.isInteger(percent) && percent >= 0 && percent <= 99;
      }),
    );
  });

  it('never falls, within a step or from one step to the next', () => {
    fc.assert(
      fc.property(plan, fraction, fraction, (steps, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const points = steps.flatMap((step) => [percentAt(steps, step, less), percentAt(steps, step, more)]);
        const starts = steps.map((step) => percentAt(steps, step, 0));
        const ends = steps.map((step) => percentAt(steps, step, 1));
        const rises = (values: number[]) => values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0));
        return rises(points) && starts.every((start, at) => at === 0 || start >= (ends[at - 1] ?? 0));
      }),
    );
  });

  it('shares the bar equally', () => {
    expect(percentAt(['write', 'narrate'], 'narrate', 0)).toBe(50);
    expect(percentAt(['write', 'narrate'], 'narrate', 0.5)).toBe(75);
  });
});
