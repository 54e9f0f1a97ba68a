import type { Question, QuestionAnswerer, WrittenAnswer } from '../../domain/answer.ts';
import type { ModelUsage } from '../../domain/narration.ts';
import type { Fact } from '../../domain/story.ts';
import { creditsFor } from '../../narrator/sources.ts';
import { converse, type Model } from './converse.ts';
import { questionPrompt } from './question-prompt.ts';
import { parseTextAnswer } from './text-answer.ts';

/** Answers travellers' questions with a model on Amazon Bedrock. */
export class BedrockAnswerer implements QuestionAnswerer {
  readonly #model: Model;

  constructor(client: Model['client'], settings: Model['settings']) {
    this.#model = { client, settings };
  }

  async answer(
    question: Question,
    facts: readonly Fact[],
    signal: AbortSignal,
    onUsage: (usage: ModelUsage) => void = () => {},
  ): Promise<WrittenAnswer> {
    const prompt = questionPrompt(question, facts);
    const { read, ...rest } = await converse(this.#model, { prompt, read: parseTextAnswer, signal, onUsage });
    const known = new Map(facts.map((fact) => [fact.id, fact]));
    const sentences = read.sentences.map(({ text, facts: ids }) => ({
      text,
      facts: ids.filter((id) => known.has(id)),
    }));
    const stated = new Set(sentences.flatMap((sentence) => sentence.facts));
    const used = facts.filter(({ id }) => stated.has(id));
    return { answer: { text: read.content, sentences, facts: used, credits: creditsFor(used) }, ...rest };
  }
}
