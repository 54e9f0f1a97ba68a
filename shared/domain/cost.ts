import { speechPrices, storedObjectMicroUsd } from '../catalog/prices.ts';
import type { JobCost } from '../catalog/schemas/cost.ts';
import type { VoiceEngine } from '../catalog/voices.ts';
import type { ModelUsage } from './narration.ts';

/** What a call of the model cost, micro-dollars (1e-6 USD), as part of a job's cost. */
export function modelCost({ inputTokens, outputTokens, costMicroUsd }: ModelUsage): JobCost {
  return {
    micro_usd: costMicroUsd,
    model: { micro_usd: costMicroUsd, input_tokens: inputTokens, output_tokens: outputTokens },
  };
}

/** Of characters that were billed, with a voice of the engine. */
export function speechCost(characters: number, engine: VoiceEngine): JobCost {
  const micro_usd = Math.round(characters * speechPrices[engine]);
  return { micro_usd, speech: { micro_usd, characters } };
}

/** Of so many objects that were stored. */
export function mediaCost(objects: number): JobCost {
  const micro_usd = objects * storedObjectMicroUsd;
  return { micro_usd, media: { micro_usd, objects } };
}

/** Of a way that was looked up, at the price of its finder. */
export function routeCost(micro_usd: number): JobCost {
  return { micro_usd, routes: { micro_usd, found: 1 } };
}

/** Both together, part by part; undefined when neither is anything. */
export function addCosts(one: JobCost | undefined, other: JobCost | undefined): JobCost | undefined {
  if (!one || !other) return one ?? other;
  const model = sum(one.model, other.model);
  const speech = sum(one.speech, other.speech);
  const media = sum(one.media, other.media);
  const routes = sum(one.routes, other.routes);
  return {
    micro_usd: one.micro_usd + other.micro_usd,
    ...(model && { model }),
    ...(speech && { speech }),
    ...(media && { media }),
    ...(routes && { routes }),
  };
}

/** Two parts of one kind, number by number. */
function sum<T extends Readonly<Record<string, number>>>(one: T | undefined, other: T | undefined): T | undefined {
  if (!one || !other) return one ?? other;
  const added: Record<string, number> = {};
  for (const name of Object.keys(one)) added[name] = (one[name] ?? 0) + (other[name] ?? 0);
  return { ...one, ...added };
}
