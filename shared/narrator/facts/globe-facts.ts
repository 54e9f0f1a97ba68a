import type { NearbyPlace } from '../../domain/gazetteer.ts';
import { antipodeOf, kmPerDegree, wrapLongitude } from '../../domain/geodesy.ts';
import type { Fact } from '../../domain/story.ts';
import { geometrySource, geoNamesSource, naturalEarthSource } from '../sources.ts';
import { distanceWords } from '../wording.ts';
import { inBothUnits, placeAndCountry } from './place-words.ts';
import { type Scene, seaMarginKm } from './scene.ts';

/** Where on the globe the point is: sea, equator, poles, date line, the far side. Worth saying where towns are far. */
export function globeFacts(scene: Scene): Fact[] {
  return [
    ...seaFact(scene),
    ...equatorFact(scene),
    ...circleFact(scene),
    ...poleFact(scene),
    ...meridianFact(scene),
    ...antipodeFact(scene),
  ];
}

/** Toward the poles the sea may be frozen, and the map counts ice shelves as sea. */
const iceFromLatitude = 55;

function seaFact({ gazetteer, point, relation }: Scene): Fact[] {
  if ((relation !== 'remote' && relation !== 'offshore') || !gazetteer.openSea(point, seaMarginKm)) {
    return [];
  }
  const cover = Math.abs(point.latitude) < iceFromLatitude ? 'water' : 'ice';
  const text = 'The map of the world shows no land at this point, only sea.';
  return [{ id: 'sea', kind: 'sea', text, source: naturalEarthSource, values: { cover } }];
}

function equatorFact({ point }: Scene): Fact[] {
  const kilometers = Math.abs(point.latitude) * kmPerDegree;
  const distance = distanceWords(kilometers);
  const side = kilometers < 0.75 ? 'on' : 'off';
  const direction = point.latitude > 0 ? 'south' : 'north';
  const measured = inBothUnits(distance.distanceMetric, distance.distanceImperial);
  return [
    {
      id: 'equator',
      kind: 'equator',
      text: `The equator is ${measured} to the ${direction}.`,
      source: geometrySource,
      values: { ...distance, direction, side },
    },
  ];
}

/** Mean obliquity of the ecliptic in this century, degrees; half a degree is kept clear of it on either side. */
const obliquityDegrees = 23.44;
const clearDegrees = 0.5;

function circleFact({ point }: Scene): Fact[] {
  const fromEquator = Math.abs(point.latitude);
  const isPolar = fromEquator > 90 - obliquityDegrees + clearDegrees;
  const isTropical = fromEquator < obliquityDegrees - clearDegrees;
  if (!isPolar && !isTropical) {
    return [];
  }
  const circle = point.latitude > 0 ? 'Arctic Circle' : 'Antarctic Circle';
  const zone = isPolar ? 'polar' : 'tropical';
  const text = isPolar ? `The point lies inside the ${circle}.` : 'The point lies in the tropics.';
  const values: Fact['values'] = isPolar ? { zone, circle } : { zone };
  return [{ id: 'zone', kind: 'zone', text, source: geometrySource, values }];
}

function poleFact({ point }: Scene): Fact[] {
  const kilometers = (90 - Math.abs(point.latitude)) * kmPerDegree;
  if (kilometers > 1_000) {
    return [];
  }
  const pole = point.latitude > 0 ? 'North Pole' : 'South Pole';
  const distance = distanceWords(kilometers);
  return [
    {
      id: 'pole',
      kind: 'pole',
      text: `The ${pole} is ${inBothUnits(distance.distanceMetric, distance.distanceImperial)} away.`,
      source: geometrySource,
      values: { pole, ...distance },
    },
  ];
}

/** How near the 180th meridian or Greenwich's must be to be worth a word. */
const meridianKm = 300;

function meridianFact({ point }: Scene): Fact[] {
  const degreesEast = wrapLongitude(180 - point.longitude);
  const kilometers = Math.abs(degreesEast) * kmPerDegree * Math.cos((point.latitude * Math.PI) / 180);
  if (kilometers > meridianKm || Math.abs(point.latitude) > 80) {
    return [];
  }
  const distance = distanceWords(kilometers);
  const direction = degreesEast > 0 ? 'east' : 'west';
  const measured = inBothUnits(distance.distanceMetric, distance.distanceImperial);
  return [
    {
      id: 'meridian',
      kind: 'meridian',
      text: `The 180th meridian, halfway around the world from Greenwich, is ${measured} to the ${direction}.`,
      source: geometrySource,
      values: { meridian: '180th meridian', origin: 'Greenwich', ...distance, direction },
    },
  ];
}

/** Further from the far side than this, a place says nothing about it. */
const farSideKm = 1_500;

function antipodeFact({ gazetteer, point }: Scene): Fact[] {
  const farSide = antipodeOf(point);
  let nearest: NearbyPlace | undefined;
  for (const radiusKm of [50, 150, 400, 800, farSideKm]) {
    nearest ??= gazetteer.near(farSide, radiusKm, { limit: 1 })[0];
  }
  if (nearest === undefined) {
    return [];
  }
  const distance = distanceWords(nearest.distanceKm);
  const words = placeAndCountry(nearest.place);
  const measured = inBothUnits(distance.distanceMetric, distance.distanceImperial);
  return [
    {
      id: 'far-side',
      kind: 'far-side',
      text: `The place nearest to the opposite side of the Earth is ${words.place}, in ${words.country}, ${measured} from it.`,
      source: geoNamesSource(nearest.place.id),
      values: { ...words, ...distance },
    },
  ];
}
