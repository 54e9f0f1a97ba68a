import type { Outline } from '../../../shared/adapters/gazetteer/outline-codec.ts';

/**
 * Draws an outline of the sphere on flat paper, where left of -180 degrees and right of 180 the map goes on. The source joins
 * outlines across the date line and around a pole; here each becomes one or two closed lines, so that between -180 and 180 a
 * point is inside if it is inside on paper.
 */
export function unwrapOutline(outline: Outline): Outline[] {
  const flat = followLongitudes(outline);
  const [first, last] = [flat.at(0), flat.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const turn = Math.round((last.longitude - first.longitude) / 360) * 360;
  const pole = first.latitude > 0 ? 90 : -90;
  const closed = turn === 0 ? flat : [...flat, { ...last, latitude: pole }, { ...first, latitude: pole }];
  const shifted = [-360, 0, 360].map((shift) =>
    closed.map((corner) => ({ ...corner, longitude: corner.longitude + shift })),
  );
  return shifted.filter((copy) => copy.some(({ longitude }) => longitude > -180 && longitude < 180));
}

/** Longitudes that never jump by more than half a turn, so that they may leave [-180, 180]. */
function followLongitudes(outline: Outline): Outline {
  let turns = 0;
  return outline.map((corner, index) => {
    const step = corner.longitude - (outline[index - 1]?.longitude ?? corner.longitude);
    turns += step > 180 ? -1 : step < -180 ? 1 : 0;
    return { latitude: corner.latitude, longitude: corner.longitude + 360 * turns };
  });
}
