import * as z from 'zod';

/** US dollars per million tokens, which is the same number as micro-dollars (1e-6 USD) per token. */
interface ModelPrice {
  readonly input: number;
  readonly output: number;
  /** Input read from the prompt cache. */
  readonly cacheRead: number;
  /** Input written to the prompt cache (five minutes). */
  readonly cacheWrite: number;
}

/**
 * The models this service may be set to, with their on-demand prices. Ids are cross-region inference profiles: newer models
 * refuse their bare id. A geographic profile (`us.`) costs 10 % more than the `global.` one.
 * @see https://aws.amazon.com/bedrock/pricing/ prices
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html profile ids
 */
export const modelPrices = {
  'global.anthropic.claude-haiku-4-5-20251001-v1:0': { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
  'us.anthropic.claude-haiku-4-5-20251001-v1:0': { input: 1.1, output: 5.5, cacheRead: 0.11, cacheWrite: 1.375 },
  'global.anthropic.claude-sonnet-4-5-20250929-v1:0': { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0': { input: 3.3, output: 16.5, cacheRead: 0.33, cacheWrite: 4.125 },
  'global.amazon.nova-2-lite-v1:0': { input: 0.3, output: 2.5, cacheRead: 0.075, cacheWrite: 0.3 },
  'us.amazon.nova-2-lite-v1:0': { input: 0.33, output: 2.75, cacheRead: 0.0825, cacheWrite: 0.33 },
} as const satisfies Record<string, ModelPrice>;

export type ModelId = keyof typeof modelPrices;

/** Accepts only a model with a known price, so that no story's cost is silently zero. */
export const modelIdSchema = z.custom<ModelId>(
  (value) => typeof value === 'string' && Object.hasOwn(modelPrices, value),
  { error: `must be one of ${Object.keys(modelPrices).join(', ')}` },
);

/** Tokens of one call. `input` excludes what the cache read or wrote, as Bedrock counts it. */
interface TokenCounts {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What a call cost, in whole micro-dollars (1e-6 USD). */
export function costMicroUsd(model: ModelId, tokens: TokenCounts): number {
  const price = modelPrices[model];
  return Math.round(
    tokens.input * price.input +
      tokens.output * price.output +
      tokens.cacheRead * price.cacheRead +
      tokens.cacheWrite * price.cacheWrite,
  );
}
