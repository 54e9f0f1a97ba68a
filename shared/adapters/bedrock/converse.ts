import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { costMicroUsd, type ModelId } from '../../catalog/models.ts';
import { JobError, PermanentError, TransientError } from '../../domain/errors.ts';
import type { ModelUsage } from '../../domain/narration.ts';
import { bedrockFailure } from './bedrock-failure.ts';

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

export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/** The model and the way to it. */
export interface Model {
  readonly client: BedrockRuntimeClient;
  readonly settings: BedrockSettings;
}

/** What is asked, and what becomes of the answer. */
export interface Turn<T> {
  readonly prompt: Prompt;
  /** What it throws must be a JobError. */
  readonly read: (text: string) => T;
  readonly signal: AbortSignal;
  /** Hears of every answer, also of one that is then refused: it is billed all the same. */
  readonly onUsage: (usage: ModelUsage) => void;
}

/**
 * Asks a model on Amazon Bedrock, through Converse, and reads its answer. Only an answer that the model ended itself is read; anything else is a
 * JobError that says whether to try again. Retries and time-outs of single calls are the client's.
 */
export async function converse<T>(
  { client, settings }: Model,
  { prompt, read, signal, onUsage }: Turn<T>,
): Promise<{ readonly read: T; readonly model: string; readonly usage: ModelUsage }> {
  const { modelId } = settings;
  try {
    const output = await client.send(commandOf(settings, prompt), { abortSignal: signal });
    const usage = usageOf(modelId, output);
    onUsage(usage);
    refuseUnfinished(output.stopReason);
    return { read: read(textOf(output)), model: modelId, usage };
  } catch (error) {
    if (signal.aborted) throw new TransientError('timed_out', 'Writing was stopped.', { cause: error });
    throw error instanceof JobError ? error : bedrockFailure(error);
  }
}

function commandOf({ modelId, maxTokens, temperature, guardrail }: BedrockSettings, prompt: Prompt): ConverseCommand {
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
