import { setImmediate as others } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mapBounded } from '../../../shared/domain/map-bounded.ts';

const unaborted = new AbortController().signal;

describe('work on many items, a bounded number at a time', () => {
  it('gives the results in the order of the items, not in that of their completion', async () => {
    const turns = [5, 1, 4, 2, 3];
    const waited = await mapBounded(turns, 5, unaborted, async (count) => {
      for (let turn = 0; turn < count; turn++) await others();
      return count * 10;
    });
    expect(waited).toEqual([50, 10, 40, 20, 30]);
  });

  it.each([
    [3, 10, 3],
    [10, 4, 4],
    [1, 3, 1],
  ])('with a limit of %i, %i items are worked on %i at a time', async (limit, count, expected) => {
    let [underWay, most] = [0, 0];
    const items = Array.from({ length: count }, (_, index) => index);
    await mapBounded(items, limit, unaborted, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await others();
      underWay -= 1;
    });
    expect(most).toBe(expected);
  });

  it('of nothing is nothing', async () => {
    expect(await mapBounded([], 4, unaborted, () => Promise.reject(new Error('unasked')))).toEqual([]);
  });

  it('rejects with the first failure, once the others, told to stop, have stopped, and starts no more', async () => {
    const begun: number[] = [];
    const stopped: number[] = [];
    const first = new Error('the first');
    const work = async (item: number, signal: AbortSignal) => {
      begun.push(item);
      if (item === 1) throw first;
      while (!signal.aborted) await others();
      await others();
      stopped.push(item);
      throw new Error('a later one');
    };
    await expect(mapBounded([0, 1, 2, 3], 2, unaborted, work)).rejects.toBe(first);
    expect(begun).toEqual([0, 1]);
    expect(stopped).toEqual([0]);
  }, 2_000);

  it('does not tell the caller of the abort that a failure causes', async () => {
    const outer = new AbortController();
    await mapBounded([1], 1, outer.signal, () => Promise.reject(new Error('failed'))).catch(() => undefined);
    expect(outer.signal.aborted).toBe(false);
  });

  it('stops for the caller: what is under way is told, and no more is started', async () => {
    const outer = new AbortController();
    const begun: number[] = [];
    const gone = new Error('the traveller has gone');
    const results = mapBounded([0, 1, 2], 1, outer.signal, async (item, signal) => {
      begun.push(item);
      outer.abort(gone);
      expect(signal.reason).toBe(gone);
    });
    await expect(results).rejects.toBe(gone);
    expect(begun).toEqual([0]);
  });

  it('starts nothing for a caller who has stopped before', async () => {
    const gone = new Error('gone');
    const work = () => Promise.reject(new Error('started'));
    await expect(mapBounded([1, 2], 2, AbortSignal.abort(gone), work)).rejects.toBe(gone);
  });
});
