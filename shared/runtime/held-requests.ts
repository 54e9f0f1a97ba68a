import type { HeldPlace } from '../domain/owner-limits.ts';
import type { SubmitPorts } from './submit-answer.ts';

type HoldPorts = Pick<SubmitPorts, 'limiting' | 'telemetry' | 'now'>;

/**
 * Does something while one of the owner's places for held requests is taken; undefined, and nothing done, when all are. A place is free again
 * at `until`, milliseconds since the epoch, even if nobody gives it back.
 */
export async function whileHeld<T>(
  owner: string,
  until: number,
  ports: HoldPorts,
  perform: () => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  const place = await placeFor(owner, until, ports);
  if (place === 'none') return undefined;
  try {
    return { result: await perform() };
  } finally {
    if (place !== 'uncounted') await giveBack(owner, place, ports);
  }
}

async function placeFor(
  owner: string,
  until: number,
  { limiting, telemetry, now }: HoldPorts,
): Promise<HeldPlace | 'none' | 'uncounted'> {
  if (!limiting) return 'uncounted';
  try {
    return (await limiting.limits.hold(owner, { most: limiting.grant.heldRequests, until, now: now() })) ?? 'none';
  } catch (error) {
    telemetry.warn('limits_unavailable', { owner, limit: 'held' }, error);
    telemetry.count('limits_unavailable', { queue: 'default' });
    return 'uncounted';
  }
}

async function giveBack(owner: string, place: HeldPlace, { limiting, telemetry }: HoldPorts): Promise<void> {
  try {
    await limiting?.limits.release(owner, place);
  } catch (error) {
    telemetry.warn('place_not_given_back', { owner }, error);
  }
}
