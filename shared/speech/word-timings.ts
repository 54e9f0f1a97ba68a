import type { WordTiming } from '../domain/narration.ts';
import { spokenUnits, ssmlOpening } from './ssml.ts';

/**
 * One word as Amazon Polly reports it: `start` and `end` are offsets in bytes of UTF-8 into the SSML that was sent.
 * @see https://docs.aws.amazon.com/polly/latest/dg/output.html
 */
export interface WordMark {
  /** Milliseconds from the beginning of this part's audio. */
  readonly time: number;
  readonly start: number;
  readonly end: number;
}

/** Where a part stands in the whole text and in the whole audio. */
interface SpokenPart {
  readonly text: string;
  readonly ratePercent: number;
  /** UTF-16 offset of the part's text. */
  readonly textOffset: number;
  /** Exact duration of all earlier parts. */
  readonly startsAtSeconds: number;
}

/** The part's words in the whole text and the whole audio. A mark that covers no text (a tag, nonsense) gives no word. */
export function wordTimings(marks: readonly WordMark[], part: SpokenPart): readonly WordTiming[] {
  const map = byteMap(part);
  return marks.flatMap((mark) => {
    const start = map.startAt(mark.start);
    const end = map.endAt(mark.end);
    if (end <= start) return [];
    return {
      word: part.text.slice(start, end),
      start: part.textOffset + start,
      end: part.textOffset + end,
      atSeconds: roundToMilliseconds(part.startsAtSeconds + mark.time / 1000),
    };
  });
}

interface ByteMap {
  /** Start of the unit that holds this byte, as a UTF-16 offset into the text. */
  startAt(byte: number): number;
  /** End of the unit that holds the byte before this one. */
  endAt(byte: number): number;
}

function byteMap(part: SpokenPart): ByteMap {
  const units = spokenUnits(part.text).filter((unit) => unit.ssml !== '');
  const firstBytes: number[] = [];
  let byte = Buffer.byteLength(ssmlOpening(part.ratePercent));
  for (const unit of units) {
    firstBytes.push(byte);
    byte += Buffer.byteLength(unit.ssml);
  }
  const endOfText = byte;
  const unitAt = (position: number) => units[lastNotAbove(firstBytes, position)];
  return {
    startAt: (position) => (position >= endOfText ? part.text.length : (unitAt(position)?.start ?? 0)),
    endAt: (position) => unitAt(Math.min(position, endOfText) - 1)?.end ?? 0,
  };
}

/** Index of the last number that is not above `limit` in an ascending list; -1 when all are. */
function lastNotAbove(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Number.POSITIVE_INFINITY) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function roundToMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
