import { aroundFacts } from '../narrator/facts/around-facts.ts';
import { inBothUnits, wayTo } from '../narrator/facts/place-words.ts';
import type { Scene } from '../narrator/facts/scene.ts';
import { fill } from '../narrator/grammar/fill.ts';
import { geoNamesSource } from '../narrator/sources.ts';
import { listOf } from '../narrator/wording.ts';
import type { Said } from './said.ts';

const mostTowns = 4;

/** Nearer than this a place is where the traveller is, kilometres. */
const fromKm = 2;

/** The nearest towns but the one they are in, and the nearest large city. */
export function whatIsNear(scene: Scene): readonly Said[] {
  const { units } = scene.brief;
  const towns = scene.around
    .filter(({ place, distanceKm }) => distanceKm > fromKm && !(scene.relation === 'in' && place.id === scene.here.id))
    .slice(0, mostTowns)
    .map(({ place }) => {
      const way = wayTo(scene.point, place);
      const text = `${place.name} is ${inBothUnits(way.distanceMetric, way.distanceImperial)} to the ${way.direction}.`;
      const values = { place: place.name, ...way };
      return { id: `near-${place.id}`, kind: 'near', text, source: geoNamesSource(place.id), values };
    });
  const list = listOf(towns.map(({ values }) => fill('{place} ({distance} to the {direction})', values, units) ?? ''));
  const nearest =
    towns.length > 0 ? [{ text: `The nearest places, as the crow flies, are ${list}.`, facts: towns }] : [];
  return [...nearest, ...cityNear(scene)];
}

function cityNear(scene: Scene): readonly Said[] {
  return aroundFacts(scene)
    .filter(({ kind }) => kind === 'city')
    .flatMap((fact) => {
      const text = fill(
        'The nearest other city of 100,000 people or more is {city}, {distance} to the {direction}.',
        fact.values,
        scene.brief.units,
      );
      return text === undefined ? [] : [{ text, facts: [fact] }];
    });
}
