import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { branchOfSources, type SourceBranch } from '../../support/source-branch.ts';

// What docs/adding-a-job-type.md asks for, and nothing else.

const row = `
  count_words: {
    input: z.object({ text: z.string(), spell_longest: z.boolean().default(false) }),
    result: z.object({ words: z.int(), spelled: z.string().optional() }),
    steps: {
      count: {
        queue: 'default',
        demotable: false,
        failuresAllowed: 2,
        firstRetrySeconds: 1,
        estimateSeconds: 1,
        message: 'Counting',
      },
      spell: {
        queue: 'notifications',
        demotable: false,
        failuresAllowed: 2,
        firstRetrySeconds: 1,
        estimateSeconds: 2,
        message: 'Spelling',
        onlyIf: 'spell_longest',
      },
    },
  },
`;

const spelling = `  spell: async ({ input, result }) => ({
    result: { words: result?.words ?? 0, spelled: [...(input.text.split(' ')[0] ?? '')].join('-') },
  }),
`;

const processor = `
import { jobTypes } from '../../../shared/catalog/job-types.ts';
import { processorFor } from '../../../shared/jobs/processor.ts';

export const countWords = processorFor(jobTypes.count_words, {
  count: async ({ input }) => ({ result: { words: input.text.split(' ').length } }),
${spelling}});
`;

const line = `  count_words: async () => (await import('./count-words.ts')).countWords,\n`;

const catalog = 'shared/catalog/job-types.ts';
const processors = 'functions/process-job/processors';
const endOfCatalog = '} as const satisfies Record<string, JobTypeDefinition>;';
const lastOfRegistry = '  probe: async () =>';

const Printed = z.object({
  jobs: z.array(
    z.object({
      outcome: z.string(),
      steps: z.array(z.string()),
      view: z.object({ status: z.string(), progress: z.int(), result: z.record(z.string(), z.unknown()) }),
    }),
  ),
  queues: z.array(z.string()),
});

let branch: SourceBranch;
beforeAll(() => {
  branch = branchOfSources('tests/support/count-words-program.ts');
});
afterAll(() => branch[Symbol.dispose]());

describe('a new job type', { timeout: 120_000 }, () => {
  it('that only the catalog knows does not compile: it wants a function for each step, and its line in the registry', async () => {
    branch.insert(catalog, endOfCatalog, row);
    branch.write(`${processors}/count-words.ts`, processor.replace(spelling, ''));
    expect((await branch.typeErrors()).toSorted()).toEqual([
      expect.stringMatching(/^functions\/process-job\/processors\/count-words\.ts.*'spell' is missing/),
      expect.stringMatching(/^functions\/process-job\/processors\/registry\.ts.*'count_words' is missing/),
    ]);
  });

  it('compiles with its row, its processor and its line', async () => {
    branch.write(`${processors}/count-words.ts`, processor);
    branch.insert(`${processors}/registry.ts`, lastOfRegistry, line);
    expect(await branch.typeErrors()).toEqual([]);
  });

  it('is accepted, goes through its steps on their queues, leaves out the optional one, and is shown to its owner', async () => {
    const { jobs, queues } = Printed.parse(JSON.parse(await branch.run()));
    expect(jobs).toMatchObject([
      {
        outcome: 'accepted',
        steps: ['count'],
        view: { status: 'completed', progress: 100, result: { words: 3 } },
      },
      {
        outcome: 'accepted',
        steps: ['count', 'spell'],
        view: { status: 'completed', progress: 100, result: { words: 3, spelled: 'o-n-e' } },
      },
    ]);
    expect(queues).toEqual(['default', 'default', 'notifications']);
  });
});
