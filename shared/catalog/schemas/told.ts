import * as z from 'zod';

/** What everything that is told keeps of where it comes from. */
export const toldFields = {
  sentences: z
    .array(z.object({ text: z.string(), facts: z.array(z.string()) }))
    .meta({ description: 'The sentences of the text in order, with the ids of the facts they state.' }),
  facts: z.array(z.object({ id: z.string(), text: z.string(), source: z.string() })),
  credits: z.array(z.string()),
};

/** Who told it, and what that cost this job. */
export const tellerFields = {
  model: z.string().meta({ description: '`narrator` when the embedded narrator told it.' }),
  usage: z
    .object({ input_tokens: z.int(), output_tokens: z.int(), cost_micro_usd: z.int() })
    .meta({ description: 'What this job spent on the model; nothing for a text that was there already.' }),
};
