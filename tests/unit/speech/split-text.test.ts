import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../../shared/speech/sentences.ts';
import { splitText } from '../../../shared/speech/split-text.ts';
import { toSsml } from '../../../shared/speech/ssml.ts';

const limits = { billedCharacters: 3000, totalCharacters: 6000 };

describe('splitText', () => {
  it.each([
    [2_999, 1],
    [3_000, 1],
    [3_001, 2],
    [6_001, 3],
    [20_000, 7],
  ])('sends a story of %d characters whole, in %d pieces, each ending a sentence', (length, count) => {
    const text = storyOf(length);
    const pieces = splitText(text, limits);

    expect(pieces.join('')).toBe(text);
    expect(pieces).toHaveLength(count);
    expect(pieces.slice(0, -1).every((piece) => piece.endsWith('. '))).toBe(true);
  });

  it('cuts an over-long sentence at a comma, then at a space', () => {
    const clause = `${'mile after mile '.repeat(60).trim()}, `;
    expect(
      splitText(clause.repeat(5), limits)
        .slice(0, -1)
        .every((piece) => piece.endsWith(', ')),
    ).toBe(true);

    const words = 'mile after mile '.repeat(400);
    expect(splitText(words, limits).every((piece) => piece.endsWith(' '))).toBe(true);
  });

  it('cuts a single word of 4,000 characters hard', () => {
    expect(splitText('a'.repeat(4_000), limits).map((piece) => piece.length)).toEqual([3_000, 1_000]);
  });

  it('never cuts an emoji, a flag or an entity in two', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(splitText(family.repeat(500), limits).every((piece) => piece.length % family.length === 0)).toBe(true);
    expect(splitText('&amp;'.repeat(2_000), limits).every((piece) => piece.length % '&amp;'.length === 0)).toBe(true);
  });

  it('measures the SSML that is sent, not the text', () => {
    const pieces = splitText('R&D '.repeat(900), limits);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.every((piece) => withoutTags(toSsml(piece, 100)).length <= limits.billedCharacters)).toBe(true);
  });

  it('cuts Chinese and Japanese text, which has no spaces, after its own full stops', () => {
    const pieces = splitText('富士山は日本で一番高い山です。'.repeat(300), limits);
    expect(pieces.every((piece) => piece.endsWith('。'))).toBe(true);
  });

  it('loses nothing, keeps every limit and breaks no character, whatever the text and the limits', () => {
    fc.assert(
      fc.property(awkwardText, fc.integer({ min: 60, max: 200 }), (text, billedCharacters) => {
        const pieces = splitText(text, { billedCharacters, totalCharacters: billedCharacters + 20 });

        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          const ssml = toSsml(piece, 200);
          expect(ssml.length).toBeLessThanOrEqual(billedCharacters + 20);
          expect(withoutTags(ssml).length).toBeLessThanOrEqual(billedCharacters);
        }
        const boundaries = new Set(Array.from(graphemes.segment(text), ({ index }) => index));
        for (const start of startsOf(pieces)) expect(boundaries.has(start)).toBe(true);
      }),
    );
  });

  it('breaks a character only when it is longer than a whole request, and then never a surrogate pair', () => {
    const monster = `😀${'\u0301'.repeat(200)}`;
    const pieces = splitText(monster.repeat(2), { billedCharacters: 100, totalCharacters: 200 });
    expect(pieces.join('')).toBe(monster.repeat(2));
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });
});

describe('sentencesOf', () => {
  it('does not end a sentence after an abbreviation or an initial', () => {
    expect(sentencesOf('St. Louis lies below Mt. Olive. John F. Kennedy came. Did he stay? Yes! It rained.')).toEqual([
      'St. Louis lies below Mt. Olive. ',
      'John F. Kennedy came. ',
      'Did he stay? ',
      'Yes! ',
      'It rained.',
    ]);
  });

  it('ends a sentence with its paragraph', () => {
    expect(sentencesOf('We passed Mt.\nThen we slept.')).toEqual(['We passed Mt.\n', 'Then we slept.']);
  });
});

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const awkwardText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('Mt. Hood. ', 'word '.repeat(30), 'x'.repeat(90), '&amp;', '& ', ', ', '😀', '\uD83D', '\n\n'),
    ),
  )
  .map((pieces) => pieces.join(''));

function withoutTags(ssml: string): string {
  return ssml.replaceAll(/<[^>]*>/gu, '');
}

function storyOf(length: number): string {
  const sentence = 'The road bends west past the old mill. ';
  return sentence
    .repeat(Math.ceil(length / sentence.length))
    .slice(0, length - 1)
    .concat('!');
}

function startsOf(pieces: readonly string[]): readonly number[] {
  let offset = 0;
  return pieces.map((piece) => {
    const start = offset;
    offset += piece.length;
    return start;
  });
}
