import type { Place } from '../../domain/gazetteer.ts';
import { bearingDegrees, distanceKm, type Point } from '../../domain/geodesy.ts';
import { compassWord, distanceWords, type Measure } from '../wording.ts';

/** Countries and regions whose name takes "the" in a sentence: by how they begin and how they end. */
const beginsLikeTheUnitedStates =
  /^(?:United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|U\.S\.|British Virgin|Palestinian|Democratic Republic)/;
const beginsLikeTheStateOfBerlin =
  /^(?:State|Province|Region|Canton|Department|District|Municipality|Republic|Isle|Autonomous \w+) of /;
const endsLikeTheFaroeIslands = /(?:Islands|Republic|Territories|Territory)$/;

/** A country or region as a sentence has it: "the United States", "Chile". */
export function countryInProse(name: string): string {
  const country = name.replaceAll(' & ', ' and ').replace(/^St\. /, 'Saint ');
  const forms = [beginsLikeTheUnitedStates, beginsLikeTheStateOfBerlin, endsLikeTheFaroeIslands];
  const takesArticle = forms.some((form) => form.test(country));
  return takesArticle ? `the ${country}` : country;
}

/** Regions whose name alone would puzzle a listener: Iceland's "South", Fiji's "Eastern", "Central and Western". */
const bareRegion =
  /^(?:(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Centre|Center|Capital|Upper|Lower)(?: and |-| |$))+(?:Region)?$/i;

/** A US county or its equal, if the place's district is one that reads well: "Quay County", "Orleans Parish". */
export function countyOf(place: Place): string | undefined {
  const isCounty = /^(?!City and ).* (County|Parish|Borough|Census Area|Municipality)$/.test(place.district ?? '');
  return place.countryCode === 'US' && isCounty ? place.district : undefined;
}

/** What the place is part of: "Quay County, New Mexico", "Bavaria, Germany". Undefined for Singapore, in Singapore. */
export function parentOf(place: Place): string | undefined {
  const region = regionInProse(place);
  if (place.countryCode === 'US') {
    return [countyOf(place), region ?? countryInProse(place.country)].filter((part) => part !== undefined).join(', ');
  }
  const country = countryInProse(place.country);
  if (region === undefined && place.country === place.name) {
    return undefined;
  }
  return region === undefined ? country : `${region}, ${country}`;
}

/** The region if it says something that the place's own and its country's name do not. */
export function regionInProse(place: Place): string | undefined {
  const { region } = place;
  if (region === undefined || region === place.name || place.country.includes(region) || bareRegion.test(region)) {
    return undefined;
  }
  return countryInProse(region);
}

/** How a sentence names a place abroad: "Taiyuan, in China" needs both. */
export function placeAndCountry(place: Place): { place: string; country: string } {
  return { place: place.name, country: countryInProse(place.country) };
}

/** Distance in both units and compass word from one point to another. */
export function wayTo(from: Point, to: Point): Measure<'distance'> & { direction: string } {
  return { ...distanceWords(distanceKm(from, to)), direction: directionTo(from, to) };
}

/** At a pole every way leads away from it. */
function directionTo(from: Point, to: Point): string {
  if (Math.abs(from.latitude) > 89.99) {
    return from.latitude > 0 ? 'south' : 'north';
  }
  return compassWord(bearingDegrees(from, to));
}

/** "about 35 kilometers (about 22 miles)": how a fact's text gives a measure. */
export function inBothUnits(metric: string, imperial: string): string {
  return `${metric} (${imperial})`;
}
