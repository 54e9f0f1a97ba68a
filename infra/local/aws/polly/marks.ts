import type { Narration } from './sentences.ts';
import type { MarkType } from './speech-request.ts';
import type { SpeechResult } from './speech-worker.ts';
import type { Markup, Range } from './ssml.ts';

/** In the order of marks at the same time. */
const order: readonly MarkType[] = ['sentence', 'ssml', 'word'];

/**
 * Speech marks as Polly writes them: one JSON object a line, offsets in UTF-8 bytes into the text as sent, tags included, and
 * the value cut from that text; a break is marked like a word.
 * https://docs.aws.amazon.com/polly/latest/dg/output.html, https://docs.aws.amazon.com/polly/latest/dg/sp-mks-example2.html
 */
export function speechMarks(
  { source, elements }: Markup,
  { sentences }: Narration,
  { words, durationMilliseconds }: SpeechResult,
  types: readonly MarkType[],
): string {
  const timeAt = (offset: number) => words.find(({ start }) => start >= offset)?.milliseconds ?? durationMilliseconds;
  const bytesTo = (offset: number) => Buffer.byteLength(source.slice(0, offset));
  const mark = (type: MarkType, time: number, { start, end }: Range, value = source.slice(start, end)) => ({
    time: Math.round(time),
    type,
    start: bytesTo(start),
    end: bytesTo(end),
    value,
  });
  const marks = [
    ...sentences.map((sentence) => mark('sentence', timeAt(sentence.start), sentence)),
    ...elements
      .filter((element) => element.name === 'mark')
      .map((element) => mark('ssml', timeAt(element.end), element, element.attributes.name)),
    ...words.map((word) => mark('word', word.milliseconds, word)),
  ];
  return marks
    .filter(({ type }) => types.includes(type))
    .sort((one, other) => one.time - other.time || order.indexOf(one.type) - order.indexOf(other.type))
    .map((each) => `${JSON.stringify(each)}\n`)
    .join('');
}
