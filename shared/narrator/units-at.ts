import type { Gazetteer } from '../domain/gazetteer.ts';
import type { Point } from '../domain/geodesy.ts';
import type { StoryBrief } from '../domain/story.ts';

/** Where road signs count miles. */
const milesCountries: readonly string[] = ['US', 'GB', 'LR', 'MM'];

/** The measures of the road signs around a point. */
export function unitsAt(point: Point, gazetteer: Pick<Gazetteer, 'near'>): StoryBrief['units'] {
  const [nearest] = gazetteer.near(point, 500, { limit: 1 });
  return nearest && milesCountries.includes(nearest.place.countryCode) ? 'imperial' : 'metric';
}
