import type { FailureCode } from '../catalog/failures.ts';
import type { PhotoFormat } from '../catalog/photos.ts';

export type SniffedPhoto =
  | { readonly format: PhotoFormat }
  | { readonly refused: Extract<FailureCode, `image_${string}`>; readonly reason: string };

/**
 * What a file is, by its own bytes: neither its name nor its content type counts. Pictures that move are refused here, since a decoder
 * would silently take their first frame.
 */
export function sniffPhoto(file: Uint8Array): SniffedPhoto {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (hasAt(bytes, 0, '\xff\xd8\xff')) return { format: 'jpeg' };
  if (hasAt(bytes, 0, '\x89PNG\r\n\x1a\n')) return isAnimatedPng(bytes) ? animated : { format: 'png' };
  if (hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'WEBP')) return isAnimatedWebp(bytes) ? animated : { format: 'webp' };
  if (hasAt(bytes, 4, 'ftyp')) return sniffMediaFile(bytes);
  if (/^GIF8[79]a/.test(text(bytes, 0, 6))) return unsupported('GIF');
  if (/^\s*(?:<\?xml|<!--|<!doctype|<svg)/i.test(bytes.toString('utf8', 0, 256))) return unsupported('markup');
  return unsupported('of no known kind');
}

const animated = { refused: 'image_animated', reason: 'The picture moves' } as const;

/** The file type box of ISO base media files names all that the file claims to be. */
function sniffMediaFile(bytes: Buffer): SniffedPhoto {
  const box = text(bytes, 8, Math.min(bytes.readUInt32BE(0), 256));
  const brands: readonly string[] = box.match(/.{4}/gs) ?? [];
  const [major] = brands;
  if (major === 'avis' || major === 'msf1') return animated;
  if (brands.includes('avif')) return { format: 'avif' };
  if (brands.some((brand) => /^(?:he(?:ic|ix|im|is|vc|vx)|mif1)$/.test(brand)))
    return { refused: 'image_heic', reason: 'The file is HEIC' };
  return unsupported('a video or another media file');
}

/** An `acTL` chunk before the pixels makes a PNG move (https://www.w3.org/TR/png-3/#acTL-chunk). */
function isAnimatedPng(bytes: Buffer): boolean {
  let at = 8;
  while (at + 8 <= bytes.length) {
    const type = text(bytes, at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
    at += 12 + bytes.readUInt32BE(at);
  }
  return false;
}

/** A flag of the extended header (https://developers.google.com/speed/webp/docs/riff_container#extended_file_format). */
function isAnimatedWebp(bytes: Buffer): boolean {
  return hasAt(bytes, 12, 'VP8X') && ((bytes[20] ?? 0) & 0b10) !== 0;
}

function unsupported(kind: string): SniffedPhoto {
  return { refused: 'image_unsupported', reason: `The file is ${kind}` };
}

function hasAt(bytes: Buffer, start: number, expected: string): boolean {
  return text(bytes, start, start + expected.length) === expected;
}

function text(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}
