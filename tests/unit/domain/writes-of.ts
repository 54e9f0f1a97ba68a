import type { Change } from '../../../shared/domain/change.ts';

/** What a change does once its guards hold; the order of what it removes says nothing. */
export function writesOf({ when: _, ...writes }: Change): Omit<Change, 'when'> {
  return { ...writes, remove: writes.remove.toSorted() };
}
