import { setImmediate as others } from 'node:timers/promises';
import type { Gazetteer } from '../gazetteer.ts';
import { findRoute } from './find-route.ts';
import type { RouteFinder } from './route-finder.ts';

/** Finds ways over the gazetteer's towns, without any service. Lets others run before each: a long one takes a second. */
export function embeddedRouteFinder(gazetteer: Pick<Gazetteer, 'townsBetween'>): RouteFinder {
  return {
    microUsd: 0,
    find: async (origin, destination, signal) => {
      await others(); // an attempt must see a cancel between two routes
      signal.throwIfAborted();
      return findRoute(gazetteer, origin, destination);
    },
  };
}
