import type { Point } from './geodesy.ts';

/** What is known of places and borders. Synchronous: the data is a file beside the code. */
export interface Gazetteer {
  /** Inhabited places within `radiusKm`, nearest first; parts of a town are left out. Works across poles and date line. */
  near(point: Point, radiusKm: number, options?: NearOptions): readonly NearbyPlace[];
  /**
   * Inhabited places of at least `smallestPopulation` that a way between the points passes without becoming longer than `longestKm`, as the
   * crow flies from each to the next; in no order.
   */
  townsBetween(from: Point, to: Point, longestKm: number, smallestPopulation: number): readonly Town[];
  /** How many inhabited places lie within `radiusKm`. */
  countWithin(point: Point, radiusKm: number): number;
  /** Cities of at least 400,000 people whose centre lies within `toleranceDegrees` of a latitude, largest first. */
  citiesAtLatitude(latitude: number, toleranceDegrees: number): readonly Place[];
  /** The seat of the first-order division (a US state) or, without `regionCode`, of the country. */
  capital(countryCode: string, regionCode?: string): Place | undefined;
  /** The US county and state a point lies in; undefined elsewhere and too near a border for the outlines to tell. */
  county(point: Point): County | undefined;
  /** True if the 1:50 million map shows nothing but sea within `marginKm` of the point. */
  openSea(point: Point, marginKm: number): boolean;
  /**
   * Places called exactly this, accents and case aside, weightiest first.
   * Understands "Springfield, IL", "Springfield Illinois", "Cologne" and "Paris, France".
   */
  byName(text: string, limit: number): readonly NameMatch[];
  /** Places whose name holds these words or is spelled much like them: an offer when `byName` finds nothing. */
  similarTo(text: string, limit: number): readonly Place[];
}

export interface NearOptions {
  readonly limit?: number;
  /** 0, or 100,000 for cities only; the two have an index each. */
  readonly minimumPopulation?: 0 | 100_000;
}

/** What finding a route needs of a place. */
export interface Town extends Point {
  /** GeoNames id. */
  readonly id: number;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** 0 when unknown. */
  readonly population: number;
}

/** An inhabited place as GeoNames lists it. */
export interface Place extends Point {
  /** GeoNames id. */
  readonly id: number;
  readonly name: string;
  /** What the place is the seat of, from its GeoNames feature code. */
  readonly seatOf: 'country' | 'region' | 'district' | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  readonly country: string;
  /** First-order division: a US state's postal code and name. */
  readonly regionCode: string | undefined;
  readonly region: string | undefined;
  /** Second-order division: a US county's full name, such as "Quay County". */
  readonly district: string | undefined;
  /** How the place stands among the listed places of its district; rank 1 is the most populous. */
  readonly districtStanding: { readonly rank: number; readonly places: number } | undefined;
  /** 0 when unknown. */
  readonly population: number;
  /** Height above the sea in metres. */
  readonly elevationMeters: number | undefined;
  /** Other names in plain English words, such as "Yerba Buena". */
  readonly otherNames: readonly string[];
  /** How many places of the same country bear this name, this one included. */
  readonly namesakes: number;
}

export interface NearbyPlace {
  readonly place: Place;
  readonly distanceKm: number;
}

export interface NameMatch {
  readonly place: Place;
  /** How likely it is meant: the population, of which a place found by one of its other names counts a twentieth. */
  readonly weight: number;
}

/** A county or its equal, with its state. */
export interface County {
  /** Five-digit FIPS code. */
  readonly code: string;
  /** Full name, such as "Orleans Parish". */
  readonly name: string;
  readonly state: string;
}

/** What became of a place name. Candidates and similar names are at most five, best first. */
export type PlaceResolution =
  | { readonly outcome: 'found'; readonly place: Place }
  | { readonly outcome: 'ambiguous'; readonly query: string; readonly candidates: readonly Place[] }
  | { readonly outcome: 'unknown'; readonly query: string; readonly similar: readonly Place[] };

/** A match this many times as weighty as the next is the one that is meant. */
const clearWinnerRatio = 5;

/**
 * The place a traveller means by a name: the only one of that name, or one at least five times as weighty as the
 * next. Otherwise the candidates, or places of a similar name.
 */
export function resolvePlace(gazetteer: Pick<Gazetteer, 'byName' | 'similarTo'>, query: string): PlaceResolution {
  const matches = gazetteer.byName(query, 5);
  const [first, second] = matches;
  if (first === undefined) {
    return { outcome: 'unknown', query, similar: gazetteer.similarTo(query, 5) };
  }
  if (second === undefined || isClearWinner(first, second)) {
    return { outcome: 'found', place: first.place };
  }
  return { outcome: 'ambiguous', query, candidates: matches.map(({ place }) => place) };
}

/** The name that tells a place from others: "Springfield, Illinois, United States". */
export function placeLabel(place: Place): string {
  const parts = [place.name, place.region, place.country];
  return parts.filter((part, index) => part !== undefined && part !== parts[index - 1]).join(', ');
}

/** One sentence for people: what was not clear and what they could have meant, as names that `resolvePlace` takes. */
export function explainResolution(resolution: Exclude<PlaceResolution, { outcome: 'found' }>): string {
  if (resolution.outcome === 'ambiguous') {
    return `"${resolution.query}" could be ${choice(resolution.candidates)}.`;
  }
  if (resolution.similar.length === 0) {
    return `No place called "${resolution.query}" is known. Give coordinates instead, such as 37.7749,-122.4194.`;
  }
  return `No place called "${resolution.query}" is known. Did you mean ${choice(resolution.similar)}?`;
}

function isClearWinner(first: NameMatch, second: NameMatch): boolean {
  return first.place.population > 0 && first.weight >= clearWinnerRatio * second.weight;
}

function choice(places: readonly Place[]): string {
  const labels = distinctLabels(places);
  const last = labels.at(-1) ?? '';
  return labels.length < 2 ? last : `${labels.slice(0, -1).join('; ')}; or ${last}`;
}

/** Labels, with the county or coordinates added where two places would read the same. */
function distinctLabels(places: readonly Place[]): string[] {
  const labels = places.map(placeLabel);
  return places.map((place, index) => {
    const label = placeLabel(place);
    const isAlone = labels.every((other, otherIndex) => otherIndex === index || other !== label);
    const detail = place.district ?? `${place.latitude.toFixed(2)},${place.longitude.toFixed(2)}`;
    return isAlone ? label : `${label} (${detail})`;
  });
}
