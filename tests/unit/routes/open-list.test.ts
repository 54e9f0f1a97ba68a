import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenList } from '../../../shared/domain/routes/open-list.ts';

function takeAll(open: OpenList): readonly number[] {
  const taken: number[] = [];
  for (let node = open.take(); node !== undefined; node = open.take()) taken.push(node);
  return taken;
}

const byValue = (one: number, other: number) => one - other;

describe('the open list', () => {
  it('gives what was added by its cost, the lowest first, and then nothing', () => {
    const open = new OpenList();
    for (const [node, cost] of [7, 3, 9, 1, 8, 2, 5].entries()) open.add(cost, node);
    expect(takeAll(open)).toEqual([3, 5, 1, 6, 0, 4, 2]);
    expect(open.take()).toBeUndefined();
  });

  it('gives every entry once, in the order of the costs, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }), (costs) => {
        const open = new OpenList();
        for (const [node, cost] of costs.entries()) open.add(cost, node);
        const taken = takeAll(open);
        expect(taken.map((node) => costs[node])).toEqual(costs.toSorted(byValue));
        expect(taken.toSorted(byValue)).toEqual([...costs.keys()]);
      }),
    );
  });

  it('gives the lowest of those it holds also while others are added', () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.constant('take' as const)), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(steps, (sequence) => {
        const open = new OpenList();
        const held: number[] = [];
        for (const step of sequence) {
          if (step === 'take') {
            expect(open.take()).toBe(held.toSorted(byValue)[0]);
            if (held.length > 0) held.splice(held.indexOf(Math.min(...held)), 1);
          } else {
            open.add(step, step);
            held.push(step);
          }
        }
      }),
    );
  });
});
