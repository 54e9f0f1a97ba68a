import { sentencesOf } from './sentences.ts';
import { entityRanges, escapeText, SSML_FRAME_CHARACTERS, spokenUnits } from './ssml.ts';

/** The most one request may carry, in characters of the SSML that is sent. */
export interface SpeechLimits {
  /** Without the tags. Entities are counted as written, which is never less than what is billed. */
  readonly billedCharacters: number;
  /** With the tags. */
  readonly totalCharacters: number;
}

/**
 * Cuts a text into pieces that fit, at the best place there is: the end of a sentence, else a comma, a space, a word, a
 * character as a reader sees it, and only for one such character that is itself too long, inside it (never in a surrogate
 * pair). The pieces joined are the text.
 */
export function splitText(text: string, limits: SpeechLimits): readonly string[] {
  const room = Math.min(limits.billedCharacters, limits.totalCharacters - SSML_FRAME_CHARACTERS);
  if (room < LONGEST_UNIT) throw new RangeError(`A piece needs room for ${LONGEST_UNIT} characters, not ${room}.`);
  return text === '' ? [] : pack(text, room, 0);
}

/** The longest escape of one character is `&quot;`. */
const LONGEST_UNIT = '&quot;'.length;

/** From the best place for a cut to the worst; each gives the offsets at which it may cut. */
const cuttings: readonly ((text: string) => Iterable<number>)[] = [
  sentenceEnds,
  clauseEnds,
  spaceEnds,
  (text) => ends(words, text),
  (text) => ends(graphemes, text),
];

function pack(text: string, room: number, level: number): readonly string[] {
  const pieces: string[] = [];
  let open = '';
  let openLength = 0;
  for (const segment of segments(text, level)) {
    const length = escapeText(segment).length;
    if (openLength + length <= room) {
      open += segment;
      openLength += length;
      continue;
    }
    if (open !== '') pieces.push(open);
    const parts = length <= room ? [segment] : pack(segment, room, level + 1);
    pieces.push(...parts.slice(0, -1));
    open = parts.at(-1) ?? '';
    openLength = escapeText(open).length;
  }
  if (open !== '') pieces.push(open);
  return pieces;
}

function segments(text: string, level: number): readonly string[] {
  const cutting = cuttings[level];
  if (cutting === undefined) return spokenUnits(text).map((unit) => text.slice(unit.start, unit.end));
  const unbroken = offsetsInsideCharacters(text);
  const cut: string[] = [];
  let start = 0;
  for (const end of cutting(text)) {
    if (unbroken.has(end) || end <= start) continue;
    cut.push(text.slice(start, end));
    start = end;
  }
  if (start < text.length) cut.push(text.slice(start));
  return cut;
}

/** Offsets inside what a reader sees as one character, and inside an entity written out in the text. */
function offsetsInsideCharacters(text: string): ReadonlySet<number> {
  const inside = new Set<number>();
  for (const { index, segment } of graphemes.segment(text)) addInside(inside, index, index + segment.length);
  for (const [start, end] of entityRanges(text)) addInside(inside, start, end);
  return inside;
}

function addInside(offsets: Set<number>, start: number, end: number): void {
  for (let offset = start + 1; offset < end; offset += 1) offsets.add(offset);
}

function* sentenceEnds(text: string): Iterable<number> {
  let end = 0;
  for (const sentence of sentencesOf(text)) {
    end += sentence.length;
    yield end;
  }
}

function clauseEnds(text: string): Iterable<number> {
  return matchEnds(/[,;:，；：、。！？]\s*|\s[–—-]\s+/gu, text);
}

function spaceEnds(text: string): Iterable<number> {
  return matchEnds(/\s+/gu, text);
}

function matchEnds(pattern: RegExp, text: string): readonly number[] {
  return Array.from(text.matchAll(pattern), (match) => match.index + match[0].length);
}

function ends(segmenter: Intl.Segmenter, text: string): readonly number[] {
  return Array.from(segmenter.segment(text), ({ index, segment }) => index + segment.length);
}

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
