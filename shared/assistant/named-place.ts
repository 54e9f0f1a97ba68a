import { explainResolution, type Gazetteer, type Place, resolvePlace } from '../domain/gazetteer.ts';
import { distanceKm, type Point } from '../domain/geodesy.ts';
import { farthestDriveKm } from '../domain/routes/estimate-drive.ts';
import { remark, type Said } from './said.ts';

/**
 * The place a traveller named; of several that bear the name, the only one within a day's drive of where they are. Or what to tell them, when
 * they may have meant several. Undefined when nothing known is called so: then it is not a place's name, and the question is not simple.
 */
export function namedPlace(
  name: string,
  from: Point | undefined,
  gazetteer: Gazetteer,
): { readonly place: Place } | { readonly unclear: readonly Said[] } | undefined {
  if (gazetteer.byName(name, 1).length === 0) return undefined;
  const resolution = resolvePlace(gazetteer, name);
  if (resolution.outcome === 'found') return { place: resolution.place };
  if (resolution.outcome === 'unknown') return undefined;
  const [reachable, another] = resolution.candidates.filter(
    (place) => from !== undefined && distanceKm(from, place) <= farthestDriveKm,
  );
  if (reachable && !another) return { place: reachable };
  return { unclear: [remark(`${explainResolution(resolution)} Name the one you mean.`)] };
}
