import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { costMicroUsd, type ModelId } from '../../catalog/models.ts';
import { JobError, PermanentError, TransientError } from '../../domain/errors.ts';
import type { ModelUsage, StoryWriter, WrittenStory } from '../../domain/narration.ts';
import type { Fact, StoryBrief } from '../../domain/story.ts';
import { bedrockFailure } from './bedrock-failure.ts';
import { parseStoryAnswer } from './story-answer.ts';
import { storyPrompt } from './story-prompt.ts';
import { toldStory } from './told-story.ts';

export interface BedrockSettings {
  readonly modelId: ModelId;
  /**
   * Always sent: Bedrock reserves it from the quota when a call starts, and unset it is the model's 64,000 and more.
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html
   */
  readonly maxTokens: number;
  readonly temperature: number;
  readonly guardrail?: { readonly id: string; readonly version: string };
}

/**
 * Writes stories with a model on Amazon Bedrock, through Converse. Only an answer that the model ended itself is a story;
 * anything else is an error that says whether to try again. Retries and time-outs of single calls are the client's.
 */
export class BedrockStoryWriter implements StoryWriter {
  readonly #client: BedrockRuntimeClient;
  readonly #settings: BedrockSettings;

  constructor(client: BedrockRuntimeClient, settings: BedrockSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  async write(
    brief: StoryBrief,
    facts: readonly Fact[],
    signal: AbortSignal,
    onUsage: (usage: ModelUsage) => void = () => {},
  ): Promise<WrittenStory> {
    const { modelId } = this.#settings;
    try {
      const output = await this.#client.send(converse(this.#settings, brief, facts), { abortSignal: signal });
      const usage = usageOf(modelId, output);
      onUsage(usage);
      refuseUnfinished(output.stopReason);
      const story = toldStory(parseStoryAnswer(textOf(output)), facts);
      return { story, model: modelId, usage };
    } catch (error) {
      if (signal.aborted) throw new TransientError('timed_out', 'Writing was stopped.', { cause: error });
      throw error instanceof JobError ? error : bedrockFailure(error);
    }
  }
}

function converse(settings: BedrockSettings, brief: StoryBrief, facts: readonly Fact[]): ConverseCommand {
  const prompt = storyPrompt(brief, facts);
  const { modelId, maxTokens, temperature, guardrail } = settings;
  return new ConverseCommand({
    modelId,
    system: [{ text: prompt.system }],
    messages: [{ role: 'user', content: [{ text: prompt.user }] }],
    inferenceConfig: { maxTokens, temperature },
    ...(guardrail && { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version } }),
  });
}

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html stopReason */
function refuseUnfinished(stopReason: string | undefined): void {
  switch (stopReason) {
    case 'end_turn':
      return;
    case 'max_tokens':
    case 'model_context_window_exceeded':
      throw new TransientError('truncated_answer', `The model stopped early: ${stopReason}.`);
    case 'content_filtered':
    case 'guardrail_intervened':
    case 'refusal':
      throw new PermanentError('content_filtered', `The model declined: ${stopReason}.`);
    case 'tool_use':
      throw new PermanentError('empty_answer', 'The model asked for a tool that it was not given.');
    default:
      throw new TransientError('empty_answer', `The model stopped for another reason: ${stopReason ?? 'none given'}.`);
  }
}

/** All text of the answer; thinking and tool blocks before or between it are passed over. */
function textOf(output: ConverseCommandOutput): string {
  return (output.output?.message?.content ?? []).map((block) => block.text ?? '').join('');
}

function usageOf(modelId: ModelId, { usage }: ConverseCommandOutput): ModelUsage {
  const tokens = {
    input: usage?.inputTokens ?? 0,
    output: usage?.outputTokens ?? 0,
    cacheRead: usage?.cacheReadInputTokens ?? 0,
    cacheWrite: usage?.cacheWriteInputTokens ?? 0,
  };
  return {
    inputTokens: tokens.input + tokens.cacheRead + tokens.cacheWrite,
    outputTokens: tokens.output,
    costMicroUsd: costMicroUsd(modelId, tokens),
  };
}
