/** How numbers are said. Everything here rounds: the data is dated and a listener cannot hold more than two digits. */

const kmPerMile = 1.609344;
const feetPerMeter = 1 / 0.3048;

const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' });
const listFormat = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const numberFormat = new Intl.NumberFormat('en-US');

/** The same measure for both kinds of traveller, under the names that `{distance}` or `{height}` looks for. */
export type Measure<Name extends string> = Readonly<Record<`${Name}Metric` | `${Name}Imperial`, string>>;

/** "about 35 kilometers" and "about 22 miles". */
export function distanceWords(kilometers: number): Measure<'distance'> {
  return {
    distanceMetric: lengthWords(kilometers, 'kilometer'),
    distanceImperial: lengthWords(kilometers / kmPerMile, 'mile'),
  };
}

/** "about 1,250 meters" and "about 4,100 feet". */
export function heightWords(meters: number): Measure<'height'> {
  const height = Math.abs(meters);
  return {
    heightMetric: `about ${counted(roundedHeight(height, 100), 'meter', 'meters')}`,
    heightImperial: `about ${counted(roundedHeight(height * feetPerMeter, 500), 'foot', 'feet')}`,
  };
}

/** "about 5,000 people" without the "about": "1.3 million people", "17,000 people", "4,900 people", "240 people". */
export function peopleWords(population: number): string {
  if (population >= 1_000_000) {
    return `${formatNumber(Math.round(population / 100_000) / 10)} million people`;
  }
  const rows = [
    { from: 10_000, step: 1_000 },
    { from: 1_000, step: 100 },
    { from: 100, step: 10 },
    { from: 10, step: 5 },
  ];
  const step = rows.find(({ from }) => population >= from)?.step ?? 1;
  return counted(Math.round(population / step) * step, 'person', 'people');
}

/** "1st", "22nd", "13th". */
export function ordinal(count: number): string {
  const suffixes: Readonly<Record<Intl.LDMLPluralRule, string>> = {
    zero: 'th',
    one: 'st',
    two: 'nd',
    few: 'rd',
    many: 'th',
    other: 'th',
  };
  return `${count}${suffixes[ordinalRules.select(count)]}`;
}

/** "one", "one and two", "one, two and three". */
export function listOf(names: readonly string[]): string {
  return listFormat.format(names);
}

/** One of eight compass words for degrees clockwise from north. */
export function compassWord(bearing: number): string {
  const words = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'];
  return words[Math.round(bearing / 45) % 8] ?? 'north';
}

/** The noun with "a" or "an". */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Digits with thousands separators. */
export function formatNumber(value: number): string {
  return numberFormat.format(value);
}

function lengthWords(length: number, unit: 'mile' | 'kilometer'): string {
  const step = length >= 1000 ? 50 : length >= 100 ? 5 : 1;
  const rounded = Math.round(length / step) * step;
  if (length < 0.75) {
    return `less than a ${unit}`;
  }
  return rounded <= 1 ? `about a ${unit}` : `about ${formatNumber(rounded)} ${unit}s`;
}

/** Two to three digits: from `high` on to a tenth of it, below to 10, 5 and 1. */
function roundedHeight(height: number, high: number): number {
  const step = height >= high ? high / 10 : height >= 100 ? 10 : height >= 20 ? 5 : 1;
  return Math.max(1, Math.round(height / step) * step);
}

function counted(count: number, singular: string, plural: string): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}
