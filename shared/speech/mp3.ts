import { type Mp3FrameHeader, readFrameHeader } from './mp3-frame.ts';

/** A run of whole mp3 audio frames and nothing else: no tags, no information frame. */
export interface Mp3 {
  readonly frames: Uint8Array;
  readonly frameCount: number;
  readonly sampleRateHertz: number;
  readonly channels: 1 | 2;
  /** Counted: samples of all frames over the sample rate. A decoder plays exactly this long. */
  readonly durationSeconds: number;
}

/** The bytes are not mp3 audio, or parts do not fit together. */
export class Mp3Error extends Error {
  override readonly name = 'Mp3Error';
}

/**
 * Reads MPEG 1, 2 and 2.5 layer III audio, dropping ID3 tags, Xing, Info and VBRI frames, bytes between frames and a last frame
 * that is not whole. Throws `Mp3Error` when there is no frame at all.
 */
export function readMp3(bytes: Uint8Array): Mp3 {
  const frames: Uint8Array[] = [];
  let format: Mp3FrameHeader | undefined;
  let samples = 0;
  let offset = 0;
  let followsFrame = false;
  while (offset < bytes.length) {
    const header = frameAt(bytes, offset, format, followsFrame);
    followsFrame = header !== undefined;
    if (header === undefined) {
      offset += tagBytes(bytes, offset);
      continue;
    }
    const frame = bytes.subarray(offset, offset + header.bytes);
    offset += header.bytes;
    if (format === undefined && isInformationFrame(frame, header)) continue;
    format ??= header;
    samples += header.samples;
    frames.push(frame);
  }
  if (format === undefined) throw new Mp3Error('There is no mp3 frame in these bytes.');
  return {
    frames: concatenate(frames),
    frameCount: frames.length,
    sampleRateHertz: format.sampleRateHertz,
    channels: format.channels,
    durationSeconds: samples / format.sampleRateHertz,
  };
}

/**
 * Joins parts on frame boundaries: the whole lasts exactly as long as its parts together, and a part's words stay where they
 * were. Throws `Mp3Error` when there are no parts or they differ in sample rate or channels.
 */
export function joinMp3(parts: readonly Mp3[]): Mp3 {
  const [first] = parts;
  if (first === undefined) throw new Mp3Error('There are no parts to join.');
  for (const { sampleRateHertz, channels } of parts) {
    if (sampleRateHertz !== first.sampleRateHertz || channels !== first.channels) {
      throw new Mp3Error(
        `Parts differ: ${first.sampleRateHertz} Hz × ${first.channels}, ${sampleRateHertz} Hz × ${channels}.`,
      );
    }
  }
  return {
    frames: concatenate(parts.map((part) => part.frames)),
    frameCount: parts.reduce((sum, part) => sum + part.frameCount, 0),
    sampleRateHertz: first.sampleRateHertz,
    channels: first.channels,
    durationSeconds: parts.reduce((sum, part) => sum + part.durationSeconds, 0),
  };
}

/** A whole frame of the same format as the ones before it. */
function frameAt(
  bytes: Uint8Array,
  offset: number,
  format: Mp3FrameHeader | undefined,
  followsFrame: boolean,
): Mp3FrameHeader | undefined {
  const header = readFrameHeader(bytes, offset);
  if (header === undefined || !goesWith(header, format)) return undefined;
  const end = offset + header.bytes;
  if (end > bytes.length) return undefined;
  return followsFrame || isConfirmed(bytes, end, header) ? header : undefined;
}

/** Sync bits occur by chance in other data: a frame that follows no frame counts only when it leads to another, a tag or the end. */
function isConfirmed(bytes: Uint8Array, end: number, header: Mp3FrameHeader): boolean {
  if (end === bytes.length || startsTag(bytes, end)) return true;
  const next = readFrameHeader(bytes, end);
  return next !== undefined && goesWith(next, header);
}

function goesWith(header: Mp3FrameHeader, format: Mp3FrameHeader | undefined): boolean {
  if (format === undefined) return true;
  return (
    header.version === format.version &&
    header.sampleRateHertz === format.sampleRateHertz &&
    header.channels === format.channels
  );
}

/** Bytes to skip at a place where no frame begins: a whole tag, else one. */
function tagBytes(bytes: Uint8Array, offset: number): number {
  if (hasText(bytes, offset, 'TAG')) return 128;
  if (!hasText(bytes, offset, 'ID3')) return 1;
  const [flags = 0, a = 0, b = 0, c = 0, d = 0] = bytes.subarray(offset + 5, offset + 10);
  const footerBytes = (flags & 0x10) === 0 ? 0 : 10;
  // ID3v2 sizes have seven bits to a byte: https://id3.org/id3v2.4.0-structure
  return 10 + (((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f)) + footerBytes;
}

function startsTag(bytes: Uint8Array, offset: number): boolean {
  return hasText(bytes, offset, 'TAG') || hasText(bytes, offset, 'ID3');
}

/** The silent first frame in which LAME and others write the length and the seek table. */
function isInformationFrame(frame: Uint8Array, header: Mp3FrameHeader): boolean {
  const VBRI_OFFSET = 36;
  return (
    hasText(frame, header.mainDataOffset, 'Xing') ||
    hasText(frame, header.mainDataOffset, 'Info') ||
    hasText(frame, VBRI_OFFSET, 'VBRI')
  );
}

function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  return [...text].every((character, index) => bytes[offset + index] === character.charCodeAt(0));
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
