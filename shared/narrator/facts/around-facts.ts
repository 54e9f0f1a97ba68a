import type { Place } from '../../domain/gazetteer.ts';
import { distanceKm } from '../../domain/geodesy.ts';
import type { Fact } from '../../domain/story.ts';
import { pickOne, seededRandom } from '../seeded-random.ts';
import { geoNamesSource } from '../sources.ts';
import { peopleWords } from '../wording.ts';
import { chooseNeighbors, densityFact, neighborFact, reliefFact } from './neighbor-facts.ts';
import { countryInProse, inBothUnits, placeAndCountry, regionInProse, wayTo } from './place-words.ts';
import type { Scene } from './scene.ts';

/** What lies around: neighbors, the nearest city, the capitals, cities of the same latitude. Each place is named once. */
export function aroundFacts(scene: Scene): Fact[] {
  const neighbors = chooseNeighbors(scene);
  const named = new Set([scene.here.id, ...neighbors.map(({ place }) => place.id)]);
  const capitals = capitalFacts(scene, named);
  return [
    ...neighborFact(scene, neighbors),
    ...capitals,
    ...cityFact(scene, named),
    ...reliefFact(scene, named),
    ...latitudeFact(scene),
    ...densityFact(scene),
  ];
}

/** Marks the capitals it names. */
function capitalFacts(scene: Scene, named: Set<number>): Fact[] {
  const { gazetteer, here } = scene;
  const region = regionInProse(here);
  const ofRegion = region === undefined ? undefined : gazetteer.capital(here.countryCode, here.regionCode);
  const ofCountry = gazetteer.capital(here.countryCode);
  return [
    ...capitalFact(scene, named, 'region-capital', ofRegion, region ?? ''),
    ...capitalFact(scene, named, 'country-capital', ofCountry, countryInProse(here.country)),
  ];
}

function capitalFact(
  { point }: Scene,
  named: Set<number>,
  kind: string,
  capital: Place | undefined,
  division: string,
): Fact[] {
  if (capital === undefined || named.has(capital.id) || capital.name === division) {
    return [];
  }
  named.add(capital.id);
  const way = wayTo(point, capital);
  const distance = inBothUnits(way.distanceMetric, way.distanceImperial);
  return [
    {
      id: kind,
      kind,
      text: `${capital.name}, the capital of ${division}, is ${distance} to the ${way.direction}.`,
      source: geoNamesSource(capital.id),
      values: { capital: capital.name, division, ...way },
    },
  ];
}

/** Nearer than this a city is part of the same built-up area. */
const cityFromKm = 20;

/** The nearest city of 100,000 people, unless it is this place or named already. */
function cityFact({ gazetteer, point, here }: Scene, named: Set<number>): Fact[] {
  const options = { limit: 2, minimumPopulation: 100_000 } as const;
  const cities = [100, 250, 500, 1_000, 3_000].map((radiusKm) => () => gazetteer.near(point, radiusKm, options));
  let city: Place | undefined;
  for (const search of cities) {
    city ??= search().find(({ place }) => place.id !== here.id)?.place;
  }
  if (city === undefined || named.has(city.id) || distanceKm(point, city) < cityFromKm) {
    return [];
  }
  named.add(city.id);
  const way = wayTo(point, city);
  const people = peopleWords(city.population);
  const distance = inBothUnits(way.distanceMetric, way.distanceImperial);
  return [
    {
      id: 'city',
      kind: 'city',
      text: `The nearest other city of 100,000 people or more is ${city.name}, ${distance} to the ${way.direction}, with about ${people}.`,
      source: geoNamesSource(city.id),
      values: { city: city.name, people, population: city.population, ...way },
    },
  ];
}

/** One degree of latitude is 111 km: a tenth is as near as two city centres need to be to share a line. */
const sameLatitudeDegrees = 0.1;

/** A city of another country on the same line of latitude; which one depends on the seed. */
function latitudeFact({ gazetteer, point, here, brief }: Scene): Fact[] {
  const abroad = gazetteer
    .citiesAtLatitude(point.latitude, sameLatitudeDegrees)
    .filter((city) => city.countryCode !== here.countryCode);
  const city = pickOne(abroad.slice(0, 4), seededRandom(`latitude ${brief.seed}`));
  if (city === undefined) {
    return [];
  }
  return [
    {
      id: 'latitude',
      kind: 'latitude',
      text: `${city.name}, in ${countryInProse(city.country)}, lies on the same latitude to a tenth of a degree.`,
      source: geoNamesSource(city.id),
      values: placeAndCountry(city),
    },
  ];
}
