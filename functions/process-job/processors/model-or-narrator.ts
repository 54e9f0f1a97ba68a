import { modelCost } from '../../../shared/domain/cost.ts';
import { JobError, ThrottledError } from '../../../shared/domain/errors.ts';
import type { ModelUsage } from '../../../shared/domain/narration.ts';
import type { StepContext } from '../../../shared/jobs/processor.ts';

/**
 * What the model makes; what the embedded narrator makes when the model is known not to answer anybody, or is out of reach and no further
 * attempt would be in time. A model that answers but refuses, or does not finish, is not replaced: the job fails and says so. Whatever the
 * model answers is on the job's account.
 */
export async function modelOrNarrator<T>(
  byModel: (onUsage: (usage: ModelUsage) => void) => Promise<T>,
  byNarrator: () => T,
  { signal, lastChance, spend }: Pick<StepContext<unknown, unknown>, 'signal' | 'lastChance' | 'spend'>,
): Promise<{ readonly made: T; readonly degraded: boolean }> {
  try {
    return { made: await byModel((usage) => spend(modelCost(usage))), degraded: false };
  } catch (error) {
    if (signal.aborted || !isOutOfReach(error, lastChance)) throw error;
    return { made: byNarrator(), degraded: true };
  }
}

/** Who made it, when the embedded narrator did. */
export const narratorsOwn: { readonly model: string; readonly usage: ModelUsage } = {
  model: 'narrator',
  usage: { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 },
};

function isOutOfReach(error: unknown, lastChance: boolean): boolean {
  if (!(error instanceof JobError)) return false;
  if (error.code === 'model_misconfigured') return true;
  if (error instanceof ThrottledError && error.isOutage) return true;
  return lastChance && (error.code === 'model_unavailable' || error.code === 'throttled');
}
