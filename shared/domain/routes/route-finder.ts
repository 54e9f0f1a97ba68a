import type { Town } from '../gazetteer.ts';

/** Finds the way from one town to another and the towns it passes. */
export interface RouteFinder {
  /** What a provider charges for each answer to what it `isAsked`, micro-dollars (1e-6 USD). */
  readonly microUsd: number;
  /** Undefined when no way over land is known. Throws a JobError when it cannot tell, and stops when the signal aborts. */
  find(origin: Town, destination: Town, signal: AbortSignal): Promise<TownRoute | undefined>;
}

/** Whether a provider must be asked for the way: from a town to itself there is none to be found. */
export function isAsked(origin: Pick<Town, 'id'>, destination: Pick<Town, 'id'>): boolean {
  return origin.id !== destination.id;
}

/** A way, as the towns that lie on it. */
export interface TownRoute {
  /** From the origin to the destination. */
  readonly towns: readonly RouteTown[];
  readonly lengthKm: number;
  /** The drive, without stops. */
  readonly durationSeconds: number;
  /** True if the way leads from town to town and length and duration are guesses; false if it was found on roads. */
  readonly isApproximate: boolean;
}

export interface RouteTown extends Town {
  /** From the origin along the route. */
  readonly alongKm: number;
  /** After the departure from the origin, without stops. */
  readonly arrivalSeconds: number;
}
