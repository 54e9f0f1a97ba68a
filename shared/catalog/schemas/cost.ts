import * as z from 'zod';

const microUsd = z.int().nonnegative().meta({ description: 'Millionths of a US dollar, rounded.' });

const example = {
  micro_usd: 31_180,
  model: { micro_usd: 2_370, input_tokens: 1_120, output_tokens: 250 },
  speech: { micro_usd: 28_800, characters: 1_800 },
  media: { micro_usd: 10, objects: 2 },
};

/** What the providers charge for a job, over all its attempts, by the prices of the catalog. Our own functions and records are not in it. */
export const JobCost = z
  .object({
    micro_usd: microUsd,
    model: z.object({ micro_usd: microUsd, input_tokens: z.int(), output_tokens: z.int() }).optional(),
    speech: z.object({ micro_usd: microUsd, characters: z.int() }).optional(),
    media: z
      .object({
        micro_usd: microUsd,
        objects: z.int().meta({ description: 'Stored objects: pictures, audio, word times.' }),
      })
      .optional(),
    routes: z
      .object({ micro_usd: microUsd, found: z.int().meta({ description: 'Ways found on roads, for a batch.' }) })
      .optional(),
  })
  .meta({
    id: 'JobCost',
    description: 'What providers charge for it, over all attempts, also failed ones.',
    examples: [example],
  });

export type JobCost = z.infer<typeof JobCost>;

/** As the owner sees it. */
export const JobCostView = JobCost.extend({
  acts: z
    .int()
    .optional()
    .meta({ description: 'Acts at other providers, such as charges; what those cost is not known here.' }),
}).meta({ id: 'JobCostView', examples: [example] });
