import { describe, expect, it } from 'vitest';
import { modelOrNarrator } from '../../../functions/process-job/processors/model-or-narrator.ts';
import { ThrottledError, TransientError } from '../../../shared/domain/errors.ts';

const attempt = { signal: new AbortController().signal, spend: () => {} };

const made = (error: Error, lastChance = false) =>
  modelOrNarrator(
    () => Promise.reject(error),
    () => 'the narrator’s',
    { ...attempt, lastChance },
  );

describe('a model that gives no story', () => {
  it('is replaced by the narrator at once when it is known not to answer anybody', async () => {
    const outage = new ThrottledError('left alone', { isOutage: true });
    expect(await made(outage)).toEqual({ made: 'the narrator’s', degraded: true });
  });

  it.each([
    ['asks for fewer calls', new ThrottledError('429')],
    ['did not answer this once', new TransientError('model_unavailable', '503')],
  ])('and %s is asked again, and replaced at the last attempt only', async (_, error) => {
    await expect(made(error)).rejects.toBe(error);
    expect(await made(error, true)).toMatchObject({ degraded: true });
  });
});
