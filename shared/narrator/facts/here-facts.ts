import type { Fact } from '../../domain/story.ts';
import { countySource, geoNamesDataSource, geoNamesSource } from '../sources.ts';
import { formatNumber, heightWords, listOf, peopleWords } from '../wording.ts';
import { countryInProse, countyOf, inBothUnits, parentOf, regionInProse, wayTo } from './place-words.ts';
import type { Scene } from './scene.ts';

/** What is known of the place itself: where it is, how many live there, how high it lies, what it is the seat of. */
export function hereFacts(scene: Scene): Fact[] {
  return [
    hereFact(scene),
    ...countyAtPoint(scene),
    ...populationFact(scene),
    ...standingFact(scene),
    ...seatFact(scene),
    ...elevationFact(scene),
    ...otherNamesFact(scene),
    ...namesakesFact(scene),
  ];
}

function hereFact({ here, point, relation }: Scene): Fact {
  const way = wayTo(here, point);
  const toward = wayTo(point, here).direction;
  const parent = parentOf(here);
  const distance = inBothUnits(way.distanceMetric, way.distanceImperial);
  return {
    id: 'here',
    kind: 'here',
    text: `${here.name} is in ${parent ?? countryInProse(here.country)}; the traveler is ${distance} to the ${way.direction} of its center.`,
    source: geoNamesSource(here.id),
    values: { place: here.name, relation, toward, ...(parent === undefined ? {} : { parent }), ...way },
  };
}

/** The county and state the point itself lies in, from the outlines; the town's own county may be another. */
function countyAtPoint({ gazetteer, point, relation }: Scene): Fact[] {
  const county = relation === 'in' ? undefined : gazetteer.county(point);
  if (county === undefined || /^City/.test(county.name)) {
    return [];
  }
  return [
    {
      id: 'county',
      kind: 'county',
      text: `The point lies in ${county.name}, ${county.state}.`,
      source: countySource(county.code),
      values: { county: county.name, state: county.state },
    },
  ];
}

function populationFact({ here }: Scene): Fact[] {
  if (here.population <= 0) {
    return [];
  }
  const people = peopleWords(here.population);
  const size = here.population < 1_000 ? 'tiny' : here.population < 25_000 ? 'small' : 'large';
  return [
    {
      id: 'population',
      kind: 'population',
      text: `About ${people} live in ${here.name}.`,
      source: geoNamesSource(here.id),
      values: { place: here.name, people, population: here.population, size },
    },
  ];
}

/** Only for US counties: elsewhere the second-order divisions are too uneven to compare. */
function standingFact({ here }: Scene): Fact[] {
  const county = countyOf(here);
  const standing = here.districtStanding;
  if (county === undefined || standing === undefined || standing.places < 2) {
    return [];
  }
  if (standing.rank !== 1 && standing.places > 8) {
    return [];
  }
  const place = here.name;
  const places = formatNumber(standing.places);
  const rank = standing.rank === 1 ? 'largest' : 'few';
  const largest = `No place listed in ${county} has more people than ${place}.`;
  const few = `${place} is one of ${places} places listed in ${county}.`;
  return [
    {
      id: 'standing',
      kind: 'standing',
      text: rank === 'largest' ? largest : few,
      source: geoNamesDataSource,
      values: { place, county, places, rank },
    },
  ];
}

function seatFact({ here }: Scene): Fact[] {
  const division = seatDivision(here);
  if (division === undefined || division === here.name || here.seatOf === undefined) {
    return [];
  }
  return [
    {
      id: 'seat',
      kind: 'seat',
      text: `${here.name} is the seat of ${division}.`,
      source: geoNamesSource(here.id),
      values: { place: here.name, division, level: here.seatOf },
    },
  ];
}

function seatDivision(here: Scene['here']): string | undefined {
  if (here.seatOf === 'country') {
    return countryInProse(here.country);
  }
  return here.seatOf === 'region' ? regionInProse(here) : countyOf(here);
}

function elevationFact({ here }: Scene): Fact[] {
  const { elevationMeters } = here;
  if (elevationMeters === undefined || Math.abs(elevationMeters) < 5) {
    return [];
  }
  const height = heightWords(elevationMeters);
  const level = elevationLevel(elevationMeters);
  const side = elevationMeters < 0 ? 'below' : 'above';
  return [
    {
      id: 'elevation',
      kind: 'elevation',
      text: `${here.name} lies ${inBothUnits(height.heightMetric, height.heightImperial)} ${side} sea level.`,
      source: geoNamesSource(here.id),
      values: { place: here.name, ...height, elevationMeters, level },
    },
  ];
}

function elevationLevel(meters: number): string {
  if (meters < 0) {
    return 'below';
  }
  return meters < 60 ? 'low' : meters > 1_700 ? 'high' : 'middle';
}

function otherNamesFact({ here }: Scene): Fact[] {
  if (here.otherNames.length === 0) {
    return [];
  }
  const names = listOf(here.otherNames);
  return [
    {
      id: 'other-names',
      kind: 'other-names',
      text: `The gazetteer also lists ${here.name} as ${names}.`,
      source: geoNamesSource(here.id),
      values: { place: here.name, names, amount: here.otherNames.length === 1 ? 'one' : 'several' },
    },
  ];
}

function namesakesFact({ here }: Scene): Fact[] {
  if (here.namesakes < 3) {
    return [];
  }
  const count = formatNumber(here.namesakes);
  const country = countryInProse(here.country);
  return [
    {
      id: 'namesakes',
      kind: 'namesakes',
      text: `The gazetteer lists ${count} places called ${here.name} in ${country}.`,
      source: geoNamesDataSource,
      values: { place: here.name, count, country },
    },
  ];
}
