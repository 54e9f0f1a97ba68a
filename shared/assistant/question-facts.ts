import type { Gazetteer, Place } from '../domain/gazetteer.ts';
import { placeLabel } from '../domain/gazetteer.ts';
import type { Fact } from '../domain/story.ts';
import { collectFacts } from '../narrator/collect-facts.ts';
import { hereFacts } from '../narrator/facts/here-facts.ts';
import { geoNamesSource } from '../narrator/sources.ts';
import { type Asking, sceneOf } from './asking.ts';
import { distanceFact, drive } from './how-far.ts';
import { namedPlace } from './named-place.ts';

/** All that is known for an answer: of where the traveller is, and of their destination if its name is clear. Empty when they tell neither. */
export function questionFacts(asking: Asking, gazetteer: Gazetteer): readonly Fact[] {
  const scene = sceneOf(asking, gazetteer);
  const around = scene ? collectFacts(gazetteer, scene.brief) : [];
  const { destination, location } = asking;
  const named = destination === undefined ? undefined : namedPlace(destination, location, gazetteer);
  if (!named || !('place' in named)) return around;
  const { place } = named;
  const way = scene
    ? [distanceFact(scene, place), ...drive(scene, place, gazetteer).flatMap(({ facts }) => facts)]
    : [];
  return [...around, destinationFact(place), ...way, ...factsOf(place, asking, gazetteer)];
}

function destinationFact(place: Place): Fact {
  const label = placeLabel(place);
  const text = `The traveler's destination is ${label}.`;
  return { id: 'destination', kind: 'destination', text, source: geoNamesSource(place.id), values: { place: label } };
}

/** Facts that speak of the place itself and not of who looks at it. */
const ofThePlace: readonly string[] = ['population', 'standing', 'seat', 'elevation', 'other-names'];

function factsOf(place: Place, { units, at }: Asking, gazetteer: Gazetteer): readonly Fact[] {
  const { latitude, longitude, name } = place;
  const scene = sceneOf({ location: { latitude, longitude, name }, units, at }, gazetteer);
  if (scene?.here.id !== place.id) return [];
  return hereFacts(scene)
    .filter(({ kind }) => ofThePlace.includes(kind))
    .map((fact) => ({ ...fact, id: `destination-${fact.id}` }));
}
