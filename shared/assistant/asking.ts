import type { Gazetteer } from '../domain/gazetteer.ts';
import type { StoryBrief } from '../domain/story.ts';
import { findScene, type Scene } from '../narrator/facts/scene.ts';
import { unitsAt } from '../narrator/units-at.ts';

/** Who asks from where. */
export interface Asking {
  readonly location?: StoryBrief['location'] | undefined;
  /** By name. */
  readonly destination?: string | undefined;
  readonly units?: StoryBrief['units'] | undefined;
  readonly at: Date;
}

/** Where the traveller is, as the narrator sees it; undefined when they did not say, or the gazetteer is empty. */
export function sceneOf({ location, units, at }: Asking, gazetteer: Gazetteer): Scene | undefined {
  if (!location) return undefined;
  return findScene(gazetteer, {
    location,
    interests: [],
    length: 'short',
    units: units ?? unitsAt(location, gazetteer),
    when: at,
    seed: '',
  });
}
