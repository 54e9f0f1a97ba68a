import type { Topic } from '../grammar/topics.ts';

/** A sight worth naming from the road. Every fact has a page that says so; the words are our own. */
export interface Landmark {
  /** Kebab-case, unique among all landmarks. */
  readonly id: string;
  readonly name: string;
  /** Put before the name inside a sentence: "the Golden Gate Bridge". */
  readonly article?: 'the';
  /** True for a name that takes "are": "the pyramids of Giza". */
  readonly plural?: true;
  readonly latitude: number;
  readonly longitude: number;
  /** ISO 3166-1 alpha-2 of the country it lies in. */
  readonly countryCode: string;
  /** GeoNames code of its region, in the United States the postal code of the state. */
  readonly regionCode?: string;
  /** What it is, in lower case without an article: "suspension bridge". */
  readonly kind: string;
  readonly facts: readonly LandmarkFact[];
}

export interface LandmarkFact {
  /** One or two whole sentences that follow one naming the landmark; `{name}` stands for an entry of `measures`. */
  readonly text: string;
  readonly interests: readonly Topic[];
  readonly measures?: Readonly<Record<string, { readonly metric: string; readonly imperial: string }>>;
  /** The page that says so. */
  readonly source: string;
}

/** A length given in feet by its source. */
export function feet(count: number): { metric: string; imperial: string } {
  return {
    metric: `${Math.round(count * 0.3048).toLocaleString('en-US')} meters`,
    imperial: `${count.toLocaleString('en-US')} feet`,
  };
}

/** A length given in metres by its source. */
export function meters(count: number): { metric: string; imperial: string } {
  return {
    metric: `${count.toLocaleString('en-US')} meters`,
    imperial: `${Math.round(count / 0.3048).toLocaleString('en-US')} feet`,
  };
}

/** A length given in miles by its source. */
export function miles(count: number): { metric: string; imperial: string } {
  return {
    metric: `${Math.round(count * 1.609344).toLocaleString('en-US')} kilometers`,
    imperial: `${count.toLocaleString('en-US')} miles`,
  };
}

/** A length given in kilometres by its source. */
export function kilometers(count: number): { metric: string; imperial: string } {
  return {
    metric: `${count.toLocaleString('en-US')} kilometers`,
    imperial: `${Math.round(count / 1.609344).toLocaleString('en-US')} miles`,
  };
}
