import { describe, expect, it } from 'vitest';
import { readNarration } from '../../../infra/local/aws/polly/sentences.ts';
import { readPlainText } from '../../../infra/local/aws/polly/ssml.ts';

function spoken(text: string): string[] {
  return readNarration(readPlainText(text)).sentences.map(({ phrases }) =>
    phrases.flatMap(({ words }) => words.map(({ say }) => say)).join(' '),
  );
}

describe('reading written text aloud', () => {
  it.each([
    ['Mt. Whitney', 'mount whitney'],
    ['Mt Shasta', 'mount shasta'],
    ['St. Louis', 'saint louis'],
    ['Main St. is closed', 'main street is closed'],
    ['14,505 ft', 'fourteen thousand five hundred five feet'],
    ['6,500 ft. up', 'six thousand five hundred feet up'],
    ['5280ft', 'five thousand two hundred eighty feet'],
    ['25 mi or 40 km', 'twenty five miles or forty kilometers'],
    ['65 mph', 'sixty five miles per hour'],
    ['Dr. Grant lives on Elm Dr.', 'doctor grant lives on elm drive'],
    ['Tom & Jerry', 'tom and jerry'],
    ['B&B', 'b and b'],
    ['J. Muir', 'j muir'],
  ])('reads the abbreviation in "%s" as "%s"', (text, words) => {
    expect(spoken(text)).toEqual([words]);
  });

  it.each([
    ['72°', 'seventy two degrees'],
    ['72°F', 'seventy two degrees fahrenheit'],
    ['5 °C', 'five degrees celsius'],
    ['20%', 'twenty percent'],
    ['$1', 'one dollar'],
    ['$1,250.50', 'one thousand two hundred fifty dollars and fifty cents'],
    ['1,234', 'one thousand two hundred thirty four'],
    ['1,000,000', 'one million'],
    ['3.14', 'three point one four'],
    ['0', 'zero'],
    ['21st', 'twenty first'],
    ['the 36th', 'the thirty sixth'],
    ['12th', 'twelfth'],
  ])('reads the amount "%s" as "%s"', (text, words) => {
    expect(spoken(text)).toEqual([words]);
  });

  it.each([
    ['1864', 'eighteen sixty four'],
    ['1906', 'nineteen oh six'],
    ['1900', 'nineteen hundred'],
    ['2000', 'two thousand'],
    ['2005', 'two thousand five'],
    ['2026', 'twenty twenty six'],
    ['1934–1963', 'nineteen thirty four nineteen sixty three'],
    ['8:33 p.m.', 'eight thirty three p m'],
    ['8:05 a.m. sharp', 'eight oh five ay m sharp'],
    ['6:00 PM', 'six pm'],
    ['I am', 'i am'],
  ])('reads the date or time "%s" as "%s"', (text, words) => {
    expect(spoken(text)).toEqual([words]);
  });

  it.each([
    ['US-50', 'u s fifty'],
    ['I-80', 'i eighty'],
    ['US-101', 'u s one oh one'],
    ['US-395', 'u s three ninety five'],
    ['CA-1', 'c ay one'],
  ])('reads the road "%s" as "%s"', (text, words) => {
    expect(spoken(text)).toEqual([words]);
  });

  it.each([
    ['Cañon City', 'canon city'],
    ['Vík í Mýrdal', 'vik i myrdal'],
    ['東京', 'dongjing'],
    ['the U.S. border', 'the u s border'],
    ['NASA', 'nasa'],
    ['“Don’t!”', "don't"],
    ['don’t—ever', "don't ever"],
    ['and/or', 'and or'],
    ['well-known', 'well known'],
    ['🚗', ''],
  ])('reads the name or word "%s" as "%s"', (text, words) => {
    expect(spoken(text).join(' ')).toBe(words);
  });

  it('does not end a sentence after an abbreviation, and ends one where it ends', () => {
    expect(spoken('We saw Mt. Whitney near St. George. Dr. Hill left at 8 p.m. today! Why?')).toEqual([
      'we saw mount whitney near saint george',
      'doctor hill left at eight p m today',
      'why',
    ]);
  });

  it('does not end a sentence at the end of a line, only at an empty one', () => {
    expect(spoken('One road\nruns on\n\nAnother')).toEqual(['one road runs on', 'another']);
  });

  it('gives flite nothing but ASCII words, whatever the text', () => {
    const text = 'Ünïcödé — ½ of 100 % «naïve» Ærøskøbing; Ωmega #$%^ <tag> \u0008 🏔️ 100°−5 x=y @home 1e9 a.b.c quoted';
    expect(spoken(text).join(' ')).toMatch(/^[a-z' ]+$/);
  });

  it('cuts a word without end into pieces that fit flite', () => {
    const pieces = spoken('a'.repeat(2999)).join(' ').split(' ');
    expect(pieces.join('')).toHaveLength(2999);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(30);
  });
});
