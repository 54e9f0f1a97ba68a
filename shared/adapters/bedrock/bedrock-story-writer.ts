import type { ModelUsage, StoryWriter, WrittenStory } from '../../domain/narration.ts';
import type { Fact, StoryBrief } from '../../domain/story.ts';
import { converse, type Model } from './converse.ts';
import { parseStoryAnswer } from './story-answer.ts';
import { storyPrompt } from './story-prompt.ts';
import { toldStory } from './told-story.ts';

/** Writes stories with a model on Amazon Bedrock. */
export class BedrockStoryWriter implements StoryWriter {
  readonly #model: Model;

  constructor(client: Model['client'], settings: Model['settings']) {
    this.#model = { client, settings };
  }

  async write(
    brief: StoryBrief,
    facts: readonly Fact[],
    signal: AbortSignal,
    onUsage: (usage: ModelUsage) => void = () => {},
  ): Promise<WrittenStory> {
    const prompt = storyPrompt(brief, facts);
    const { read, ...rest } = await converse(this.#model, { prompt, read: parseStoryAnswer, signal, onUsage });
    return { story: toldStory(read, facts), ...rest };
  }
}
