import { pronounce } from './pronounce.ts';
import { filler, type Markup, objectReplacement, paragraphSeparator, type Range } from './ssml.ts';

/** What the voice has to do, in order. */
export interface Narration {
  readonly sentences: readonly (Range & { readonly phrases: readonly Phrase[] })[];
}

/** Words spoken in one breath at one rate, and the silence after them; a break is a phrase of its own that says nothing. */
export interface Phrase {
  readonly words: readonly SpokenWord[];
  readonly rate: number;
  readonly pauseMilliseconds: number;
}

interface SpokenWord extends Range {
  /** Empty for a break. */
  readonly say: string;
  readonly rate: number;
  readonly comma: boolean;
  /** Only of a break. */
  readonly pauseMilliseconds?: number;
}

/** Milliseconds of silence after a comma, a sentence and a paragraph. */
const pauses = { comma: 200, sentence: 450, paragraph: 900 } as const;

/** Cuts a text into sentences, and those into phrases at breaks, at changes of rate and after 40 words (flite's memory). */
export function readNarration(markup: Markup): Narration {
  const sentences = sentenceRanges(markup.text)
    .map((range) => ({ ...range, words: readWords(markup, range) }))
    .filter(({ words }) => words.length > 0);
  return {
    sentences: sentences.map(({ start, end, words }, index) => {
      const gap = markup.text.slice(end, sentences[index + 1]?.start);
      const pause = gap.includes(paragraphSeparator) ? pauses.paragraph : pauses.sentence;
      return { start, end, phrases: readPhrases(words, pause) };
    }),
  };
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** The segmenter ends a sentence after these. */
const abbreviationAtEnd = /(?:^|[\s(“"])(?:St|Mt|Dr|Mr|Mrs|U\.S|[A-Z])\.\s*$/;

function sentenceRanges(text: string): readonly Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    if (!abbreviationAtEnd.test(segment) || index + segment.length === text.length) {
      const start = from + text.slice(from).search(/\S|$/);
      ranges.push({ start, end: index + segment.trimEnd().length });
      from = index + segment.length;
    }
  }
  return ranges;
}

const token = new RegExp(`${objectReplacement}${filler}*|[^\\s—–${objectReplacement}]+`, 'g');
const commaAfter = new RegExp(`^["”’')\\]\\s${filler}${objectReplacement}]*[,;:—–]`);

function readWords(markup: Markup, sentence: Range): readonly SpokenWord[] {
  const text = markup.text.slice(0, sentence.end);
  const tokens = [...text.slice(sentence.start).matchAll(token)];
  return tokens.flatMap(({ 0: raw, index }, position) => {
    const start = sentence.start + index;
    const next = tokens[position + 1]?.[0];
    const word = raw.startsWith(objectReplacement) ? readObject(markup, start) : readWord(raw, start, next);
    if (word === undefined) {
      return [];
    }
    return { ...word, rate: rateAt(markup, start), comma: commaAfter.test(text.slice(word.end)) };
  });
}

type Reading = Pick<SpokenWord, 'start' | 'end' | 'say' | 'pauseMilliseconds'>;

/** A word without the punctuation around it; the last full stop of "p.m." belongs to the word. */
const bareWord = new RegExp(`[\\p{L}\\p{N}$&%°](?:.*[\\p{L}\\p{N}%°])?(?:(?<=\\.\\p{L})\\.)?${filler}*`, 'u');

function readWord(raw: string, start: number, next = ''): Reading | undefined {
  const bare = bareWord.exec(raw);
  const say = pronounce(raw.replaceAll(filler, ''), next);
  if (bare === null || say === '') {
    return undefined;
  }
  return { start: start + bare.index, end: start + bare.index + bare[0].length, say };
}

/** A break, or what is said in place of a text. */
function readObject({ elements }: Markup, offset: number): Reading | undefined {
  const element = elements.find(({ start }) => start === offset);
  if (element?.name === 'break') {
    return { start: element.start, end: element.end, say: '', pauseMilliseconds: element.attributes.time };
  }
  if (element?.name === 'sub') {
    const alias = element.attributes.alias.split(/\s+/);
    const say = alias.map((word, index) => pronounce(word, alias[index + 1])).join(' ');
    return say.trim() === '' ? undefined : { ...element.content, say };
  }
  return undefined;
}

function rateAt({ elements }: Markup, offset: number): number {
  const around = elements.filter(({ content }) => content.start <= offset && offset < content.end);
  return around.find((element) => element.name === 'prosody')?.attributes.rate ?? 1;
}

function readPhrases(words: readonly SpokenWord[], pauseAtEnd: number): readonly Phrase[] {
  const phrases: Phrase[] = [];
  let phrase: SpokenWord[] = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    phrase.push(word);
    const isLong = phrase.length >= 40 || (phrase.length >= 20 && word.comma);
    if (next === undefined || isLong || next.rate !== word.rate || next.say === '' || word.say === '') {
      const natural = next === undefined ? pauseAtEnd : word.comma ? pauses.comma : 0;
      phrases.push({ words: phrase, rate: word.rate, pauseMilliseconds: word.pauseMilliseconds ?? natural });
      phrase = [];
    }
  }
  return phrases;
}
