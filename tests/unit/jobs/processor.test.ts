import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { StepDefinition } from '../../../shared/catalog/job-types.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import { processorFor, type StepContext, undoingProcessorFor } from '../../../shared/jobs/processor.ts';
import { noActs } from '../../support/no-acts.ts';

const step = {
  queue: 'default',
  demotable: false,
  failuresAllowed: 3,
  firstRetrySeconds: 1,
  estimateSeconds: 1,
} as const;

/** A job type that exists only here: what docs/adding-a-job-type.md asks for is a row like this and the functions below. */
const countWords = {
  input: z.object({ text: z.string(), language: z.string().default('en') }),
  result: z.object({ words: z.int(), language: z.string() }),
  steps: { count: { ...step, message: 'Counting' }, check: { ...step, message: 'Checking' } },
} as const satisfies { steps: Record<string, StepDefinition>; input: z.ZodType; result: z.ZodObject };

const processor = processorFor(countWords, {
  count: async ({ input }) => ({ result: { words: input.text.split(' ').length, language: input.language } }),
  check: async ({ result }) => ({ result: result ?? { words: 0, language: 'none' }, degraded: ['model'] }),
});

function context(input: unknown, result?: unknown): StepContext<unknown, unknown> {
  const { signal } = new AbortController();
  return {
    jobId: 'x',
    owner: 'ada',
    acceptedAt: 0,
    input,
    result,
    signal,
    progress: async () => {},
    counts: undefined,
    ...noActs,
    attempt: 1,
    deadline: undefined,
    lastChance: false,
  };
}

it('a job type that undoes has its undo called in that step, even with an input that no longer fits, and keeps its result', async () => {
  const undone: string[] = [];
  const undoing = undoingProcessorFor(
    { ...countWords, undoes: true },
    {
      count: async () => ({ result: { words: 0, language: 'none' } }),
      check: async () => ({ result: { words: 1, language: 'en' } }),
    },
    async () => void undone.push('everything'),
  );
  const result = { words: 3, language: 'en' };
  expect(await undoing.run('undo', context({ text: 7 }, result))).toEqual({ result });
  expect(undone).toEqual(['everything']);
  expect((await undoing.run('check', context({ text: 'a' }))).result).toEqual({ words: 1, language: 'en' });
});

describe('the processor of a new job type', () => {
  it('gets its input parsed, with defaults', async () => {
    const done = await processor.run('count', context({ text: 'a b c' }));
    expect(done).toEqual({ result: { words: 3, language: 'en' } });
  });

  it('gets what an earlier step has made, and may say what is lacking', async () => {
    const made = { words: 3, language: 'en' };
    expect(await processor.run('check', context({ text: 'a' }, made))).toEqual({ result: made, degraded: ['model'] });
  });

  it('is not run on an input that no longer fits, and trying again is not worth it', async () => {
    const run = processor.run('count', context({ text: 7 }));
    await expect(run).rejects.toThrow(PermanentError);
    await expect(run).rejects.toMatchObject({ code: 'input_invalid', retry: 'never' });
  });

  it.each(['no such step', 'toString', '__proto__', ''])('knows no step "%s"', async (name) => {
    await expect(processor.run(name, context({ text: '' }))).rejects.toMatchObject({ code: 'type_unknown' });
  });

  it('cannot store a result that does not fit', async () => {
    const wrong = processorFor(countWords, {
      count: async () => ({ result: { words: 1.5, language: 'en' } }),
      check: async () => ({ result: { words: 1, language: 'en' } }),
    });
    await expect(wrong.run('count', context({ text: '' }))).rejects.toThrow(z.ZodError);
  });
});
