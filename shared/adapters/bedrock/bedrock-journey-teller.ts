import type { JourneyBrief, JourneyTeller, ModelUsage, WrittenStory } from '../../domain/narration.ts';
import type { Fact } from '../../domain/story.ts';
import { converse, type Model } from './converse.ts';
import { journeyPrompt } from './journey-prompt.ts';
import { parseStoryAnswer } from './story-answer.ts';
import { toldStory } from './told-story.ts';

/** Looks back at journeys with a model on Amazon Bedrock. */
export class BedrockJourneyTeller implements JourneyTeller {
  readonly #model: Model;

  constructor(client: Model['client'], settings: Model['settings']) {
    this.#model = { client, settings };
  }

  async tell(
    brief: JourneyBrief,
    facts: readonly Fact[],
    signal: AbortSignal,
    onUsage: (usage: ModelUsage) => void = () => {},
  ): Promise<WrittenStory> {
    const prompt = journeyPrompt(brief, facts);
    const { read, ...rest } = await converse(this.#model, { prompt, read: parseStoryAnswer, signal, onUsage });
    return { story: toldStory(read, facts), ...rest };
  }
}
