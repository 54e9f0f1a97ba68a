import type { RemediationState, RemediationStore } from '../domain/remediation.ts';

/** How often a state that others write at the same moment is read again. */
const MOST_TRIES = 5;

/** Writes what `next` makes of the state; nothing when it makes nothing. Rejects when others write all the time. */
export async function changeRemediation(
  store: RemediationStore,
  next: (state: RemediationState) => Promise<RemediationState | undefined> | RemediationState | undefined,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await store.read();
    const after = await next(before);
    if (!after || (await store.replace(before, after))) return;
  }
  throw new Error('The state of remediation was written by others at each try');
}
