import anyAscii from 'any-ascii';
import { cardinal, digits, inPairs, ordinal, twoDigits } from './number-words.ts';

/**
 * What to say for one written word: lower-case English words in ASCII, empty when there is nothing to say. `next` is the
 * written word after it. Flite's own rules read "Mt." as letters and "ñ" as noise, so it is given nothing but such words.
 */
export function pronounce(written: string, next = ''): string {
  const ascii = written.replace(picture, ' ').replace(/[^°]+/g, (part) => anyAscii(part));
  const spoken = readings.reduce(
    (text, [pattern, say]) => text.replace(pattern, (whole, first, second) => ` ${say(whole, first, second)} `),
    ascii,
  );
  const words = spoken.toLowerCase().match(word) ?? [];
  return words.map((each) => expand(each, next)).join(' ');
}

/** Transliterated, an emoji would be read out by its name. */
const picture = /\p{Extended_Pictographic}/gu;
/** A run of letters is cut at 30, because flite's buffers are not made for a word without end. */
const word = /[a-z]{1,30}(?:'[a-z]{1,30})?/g;

type Reading = readonly [pattern: RegExp, say: (whole: string, first: string, second?: string) => string];

/** In order: what one has read is letters to the next. */
const readings: readonly Reading[] = [
  [/\$(\d[\d,]*)(?:\.(\d\d))?/g, (_, whole, cents) => money(toNumber(whole), Number(cents ?? 0))],
  [/(\d[\d,]*)(?:st|nd|rd|th)\b/g, (_, number) => ordinal(toNumber(number))],
  [/\b([A-Z]{1,2})-(\d{1,3})\b/g, (_, road, number) => `${spell(road)} ${inPairs(Number(number))}`],
  [/(\d{1,2}):(\d\d)/g, (_, hour, minute) => time(Number(hour), Number(minute))],
  [/(?<![\d.,])(?:1[1-9]|20)\d\d(?![.,]?\d)/g, (year) => inPairs(Number(year))],
  [/(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?/g, (_, whole, fraction) => decimal(toNumber(whole), fraction)],
  [/°F\b/g, () => 'degrees fahrenheit'],
  [/°C\b/g, () => 'degrees celsius'],
  [/°/g, () => 'degrees'],
  [/%/g, () => 'percent'],
  [/&/g, () => 'and'],
  [/\b(?:[A-Z]\.)+[A-Z]\b/gi, (initials) => spell(initials)],
];

function money(dollars: number, cents: number): string {
  const whole = `${cardinal(dollars)} ${dollars === 1 ? 'dollar' : 'dollars'}`;
  return cents === 0 ? whole : `${whole} and ${cardinal(cents)} ${cents === 1 ? 'cent' : 'cents'}`;
}

function time(hour: number, minute: number): string {
  return minute === 0 ? cardinal(hour) : `${cardinal(hour)} ${twoDigits(minute)}`;
}

function decimal(whole: number, fraction: string | undefined): string {
  return fraction === undefined ? cardinal(whole) : `${cardinal(whole)} point ${digits(fraction)}`;
}

/** Flite knows the names of single letters, but takes "a" for the article. */
function spell(letters: string): string {
  return [...letters.toLowerCase()].map((letter) => (letter === 'a' ? 'ay' : letter)).join(' ');
}

const abbreviations = new Map([
  ['mt', 'mount'],
  ['ft', 'feet'],
  ['mi', 'miles'],
  ['km', 'kilometers'],
  ['mph', 'miles per hour'],
  ['st', 'street'],
  ['dr', 'drive'],
]);
const beforeNames = new Map([
  ['st', 'saint'],
  ['dr', 'doctor'],
]);

function expand(abbreviation: string, next: string): string {
  const title = /^\p{Lu}/u.test(next) ? beforeNames.get(abbreviation) : undefined;
  return title ?? abbreviations.get(abbreviation) ?? abbreviation;
}

function toNumber(written: string): number {
  return Number(written.replaceAll(',', ''));
}
