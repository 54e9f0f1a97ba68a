import type { StageSettings } from '../stage-settings.ts';
import type { Configurable } from './configurable.ts';

/** Tells a function what the stage grants each owner. What owners have used is in the job table. */
export function limitOwners(
  fn: Configurable<'OWNER_LIMITS'>,
  { ownerLimits }: Pick<StageSettings, 'ownerLimits'>,
): void {
  fn.setVariable('OWNER_LIMITS', JSON.stringify(ownerLimits));
}
