import type { StoredAnswer } from '../../../shared/catalog/schemas/assistant.ts';
import type { Answer } from '../../../shared/domain/answer.ts';
import type { ModelUsage } from '../../../shared/domain/narration.ts';

/** Sentences, facts and credits as a result keeps them. */
export function storedTold({
  sentences,
  facts,
  credits,
}: Pick<Answer, 'sentences' | 'facts' | 'credits'>): Pick<StoredAnswer, 'sentences' | 'facts' | 'credits'> {
  return {
    sentences: sentences.map(({ text, facts: ids }) => ({ text, facts: [...ids] })),
    facts: facts.map(({ id, text, source }) => ({ id, text, source })),
    credits: [...credits],
  };
}

/** Who told it, and what it cost, as a result keeps them. */
export function storedTeller({
  model,
  usage,
}: {
  readonly model: string;
  readonly usage: ModelUsage;
}): Pick<StoredAnswer, 'model' | 'usage'> {
  return {
    model,
    usage: {
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cost_micro_usd: usage.costMicroUsd,
    },
  };
}
