import { type Gazetteer, type Place, placeLabel } from '../domain/gazetteer.ts';
import { distanceKm } from '../domain/geodesy.ts';
import { estimateDrive } from '../domain/routes/estimate-drive.ts';
import type { Fact } from '../domain/story.ts';
import { inBothUnits, wayTo } from '../narrator/facts/place-words.ts';
import type { Scene } from '../narrator/facts/scene.ts';
import { fill } from '../narrator/grammar/fill.ts';
import { geoNamesDataSource, geoNamesSource } from '../narrator/sources.ts';
import { distanceWords } from '../narrator/wording.ts';
import { type Asking, sceneOf } from './asking.ts';
import { namedPlace } from './named-place.ts';
import type { Recognized } from './recognize-intent.ts';
import { goalUnknown, remark, type Said, whereUnknown } from './said.ts';

/** Nearer than this the traveller has arrived, kilometres. */
const arrivedKm = 2;

/** The distance to the place they name, else to their destination, and about how long a drive it is. */
export function howFar({ place: name }: Recognized, asking: Asking, gazetteer: Gazetteer): readonly Said[] | undefined {
  const wanted = name ?? asking.destination;
  if (wanted === undefined) return [goalUnknown];
  const named = namedPlace(wanted, asking.location, gazetteer);
  if (!named) return undefined;
  const scene = sceneOf(asking, gazetteer);
  if (!scene) return [whereUnknown];
  if ('unclear' in named) return named.unclear;
  const way = distanceFact(scene, named.place);
  if (distanceKm(scene.point, named.place) < arrivedKm) {
    return [{ text: `You are there: this is ${placeLabel(named.place)}.`, facts: [way] }];
  }
  const { units } = scene.brief;
  const crow = fill('{place} is {distance} to the {direction}, as the crow flies.', way.values, units) ?? way.text;
  return [{ text: crow, facts: [way] }, ...drive(scene, named.place, gazetteer)];
}

/** How far a place is from the scene and in which direction. */
export function distanceFact({ point }: Scene, place: Place): Fact {
  const way = wayTo(point, place);
  const distance = inBothUnits(way.distanceMetric, way.distanceImperial);
  return {
    id: 'distance',
    kind: 'distance',
    text: `${placeLabel(place)} is ${distance} to the ${way.direction}, as the crow flies.`,
    source: geoNamesSource(place.id),
    values: { place: placeLabel(place), ...way },
  };
}

/** What can be said of the drive there; nothing for one of more than a day. */
export function drive(scene: Scene, place: Place, gazetteer: Gazetteer): readonly Said[] {
  const { point, here, brief } = scene;
  const origin = { ...point, id: 0, name: here.name, countryCode: here.countryCode, population: here.population };
  const estimate = estimateDrive(gazetteer, origin, place);
  if (estimate === 'too_far') return [];
  if (estimate === 'no_way_over_land') return [remark('I know no way there over land.')];
  const length = distanceWords(estimate.lengthKm);
  const time = timeWords(estimate.hours);
  const template = `The drive is {distance} and takes ${time} without stops: an estimate from town to town, not directions.`;
  const both = inBothUnits(length.distanceMetric, length.distanceImperial);
  const fact = {
    id: 'drive',
    kind: 'drive',
    text: `The drive to ${place.name} is ${both} and takes ${time} without stops, by an estimate from town to town.`,
    source: geoNamesDataSource,
    values: { place: place.name, time, ...length },
  };
  const text = fill(template, fact.values, brief.units);
  return text === undefined ? [] : [{ text, facts: [fact] }];
}

/** "about 20 minutes", "about 2 and a half hours": to the half hour, or to five minutes below one. */
function timeWords(hours: number): string {
  if (hours < 0.9) return `about ${Math.max(5, Math.round((hours * 60) / 5) * 5)} minutes`;
  const halves = Math.round(hours * 2);
  const whole = Math.floor(halves / 2);
  const half = halves % 2 === 1 ? ' and a half' : '';
  return whole === 1 && half === '' ? 'about an hour' : `about ${whole}${half} hours`;
}
