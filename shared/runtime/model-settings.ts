import type { BedrockSettings } from '../adapters/bedrock/converse.ts';
import type { EnvironmentOf } from '../catalog/environment.ts';

/** The stage's model, as every function that writes stories or looks for written ones knows it. */
export function modelSettings(
  environment: EnvironmentOf<'submit-job' | 'answer-messages' | 'process-job'>,
): BedrockSettings {
  const { MODEL_ID, MODEL_MAX_TOKENS, MODEL_TEMPERATURE, GUARDRAIL_ID, GUARDRAIL_VERSION } = environment;
  return {
    modelId: MODEL_ID,
    maxTokens: MODEL_MAX_TOKENS,
    temperature: MODEL_TEMPERATURE,
    ...(GUARDRAIL_ID && GUARDRAIL_VERSION && { guardrail: { id: GUARDRAIL_ID, version: GUARDRAIL_VERSION } }),
  };
}
