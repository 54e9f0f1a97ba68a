import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../../shared/speech/split-text.ts';
import { toSsml } from '../../../shared/speech/ssml.ts';
import { wordTimings } from '../../../shared/speech/word-timings.ts';

describe('wordTimings', () => {
  it('finds words behind entities, accents and emoji', () => {
    const text = `Tom & Jérôme's <café> 😀 end`;
    const marks = ['Tom', 'Jérôme&apos;s', 'café', 'end'].map((word, index) => markOf(text, word, index * 250));

    expect(wordTimings(marks, partOf(text))).toEqual([
      { word: 'Tom', start: 0, end: 3, atSeconds: 0 },
      { word: "Jérôme's", start: 6, end: 14, atSeconds: 0.25 },
      { word: 'café', start: 16, end: 20, atSeconds: 0.5 },
      { word: 'end', start: 25, end: 28, atSeconds: 0.75 },
    ]);
  });

  it('steps over characters that were not sent and entities already in the text', () => {
    const text = 'a\u0008b R&amp;B z';
    expect(wordTimings([markOf(text, 'R&amp;B', 10), markOf(text, 'z', 20)], partOf(text))).toEqual([
      { word: 'R&amp;B', start: 4, end: 11, atSeconds: 0.01 },
      { word: 'z', start: 12, end: 13, atSeconds: 0.02 },
    ]);
  });

  it('moves a later part by the text and the exact audio before it', () => {
    const part = { text: 'Then west.', ratePercent: 95, textOffset: 2_990, startsAtSeconds: 187.032 };
    const mark = { time: 12, start: 27, end: 31 };
    expect(wordTimings([mark], part)).toEqual([{ word: 'Then', start: 2_990, end: 2_994, atSeconds: 187.044 }]);
  });

  it('drops marks that cover no text', () => {
    const marks = [
      { time: 0, start: 0, end: 7 },
      { time: 0, start: 40, end: 40 },
      { time: 0, start: 9_000, end: 9_005 },
    ];
    expect(wordTimings(marks, partOf('Short.'))).toEqual([]);
  });

  it('maps every word of every piece back to itself in the whole text', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        const text = words.join(' ');
        const pieces = splitText(text, { billedCharacters: 120, totalCharacters: 300 });
        let textOffset = 0;
        const found: string[] = [];
        for (const piece of pieces) {
          const timings = wordTimings(marksOf(piece), { text: piece, ratePercent: 90, textOffset, startsAtSeconds: 0 });
          found.push(...timings.map((timing) => text.slice(timing.start, timing.end)));
          expect(timings.map((timing) => timing.word)).toEqual(piece.match(/\S+/gu) ?? []);
          textOffset += piece.length;
        }
        expect(found.join('')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

const word = fc.oneof(
  fc.stringMatching(/^[a-zé😀東&<>"']{1,12}$/u),
  fc.constantFrom('Mt.', 'R&amp;D', '&lt;b&gt;', '👩‍👩‍👧', 'end.', 'comma,'),
);

function partOf(text: string) {
  return { text, ratePercent: 100, textOffset: 0, startsAtSeconds: 0 };
}

/** The mark Polly gives for the first occurrence of `ssmlWord` in the SSML: offsets in bytes. */
function markOf(text: string, ssmlWord: string, time: number) {
  const ssml = toSsml(text, 100);
  const start = Buffer.byteLength(ssml.slice(0, ssml.indexOf(ssmlWord, ssml.indexOf('%">'))));
  return { time, start, end: start + Buffer.byteLength(ssmlWord) };
}

function marksOf(piece: string) {
  const ssml = toSsml(piece, 90);
  const inner = ssml.slice(ssml.indexOf('<prosody'));
  const open = inner.indexOf('>') + 1 + ssml.indexOf('<prosody');
  return Array.from(ssml.slice(open, ssml.lastIndexOf('</prosody')).matchAll(/\S+/gu), (match, index) => {
    const start = Buffer.byteLength(ssml.slice(0, open + match.index));
    return { time: index * 100, start, end: start + Buffer.byteLength(match[0]) };
  });
}
