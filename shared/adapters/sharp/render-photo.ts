import sharp, { type Channels, type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { mostPixels, type RenditionName, renditionSides } from '../../catalog/photos.ts';
import { PermanentError } from '../../domain/errors.ts';
import type { RenderedPhoto, Rendition } from '../../domain/photo.ts';
import { readOrigin } from '../../photo/read-origin.ts';
import { sniffPhoto } from '../../photo/sniff-photo.ts';

sharp.cache(false);
sharp.concurrency(1);
// libvips would also read SVG, PDF, GIF, TIFF and a dozen more. Its HEIF reader is built for AVIF only.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'],
});

/** The largest picture that ThumbHash takes, pixels a side. */
const THUMBHASH_SIDE = 100;

/**
 * Decodes the photo once, to the size of its largest rendition, and makes everything else from those pixels. Metadata is read and then left
 * behind. Rejects with a permanent `image_…` error; any other rejection is a failure of the renderer.
 */
export async function renderPhoto(photo: Uint8Array): Promise<RenderedPhoto> {
  const sniffed = sniffPhoto(photo);
  if ('refused' in sniffed) throw new PermanentError(sniffed.refused, sniffed.reason);
  const { autoOrient, exif } = await decoding(() => open(photo).metadata());
  const pixels = await decoding(() => decode(photo));
  const processed = await encode(open(pixels.data, pixels.info));
  const preview = await encode(shrunk(pixels, renditionSides.preview));
  const thumbnail = await encode(shrunk(pixels, renditionSides.thumbnail));
  return {
    format: sniffed.format,
    width: autoOrient.width,
    height: autoOrient.height,
    renditions: { processed, preview, thumbnail } satisfies Record<RenditionName, Rendition>,
    ...(await impression(pixels)),
    origin: exif ? await readOrigin(exif) : {},
  };
}

type Pixels = Awaited<ReturnType<typeof decode>>;

function open(input: Uint8Array, raw?: { width: number; height: number; channels: Channels }): Sharp {
  const limits = { failOn: 'error', limitInputPixels: mostPixels, pages: 1, sequentialRead: true } as const;
  return raw ? sharp(input, { raw }) : sharp(input, limits);
}

function decode(photo: Uint8Array) {
  return inside(open(photo).autoOrient().toColourspace('srgb'), renditionSides.processed)
    .raw()
    .toBuffer({ resolveWithObject: true });
}

function shrunk({ data, info }: Pixels, side: number): Sharp {
  return inside(open(data, info), side);
}

function inside(image: Sharp, side: number): Sharp {
  return image.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
}

async function encode(image: Sharp): Promise<Rendition> {
  const { data, info } = await image.webp({ quality: 80, effort: 4 }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, content: data };
}

/** What can be shown of the photo before any picture has loaded. */
async function impression(pixels: Pixels): Promise<Pick<RenderedPhoto, 'thumbhash' | 'dominantColor'>> {
  const { data, info } = await shrunk(pixels, THUMBHASH_SIDE).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const { dominant } = await open(data, info).stats();
  const hash = rgbaToThumbHash(info.width, info.height, data);
  const color = [dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, '0')).join('');
  return { thumbhash: Buffer.from(hash).toString('base64'), dominantColor: `#${color}` };
}

/** libvips tells what is wrong only by its message. */
async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/out of memory|unable to allocate/i.test(message)) throw error;
    if (/pixel limit/.test(message)) throw new PermanentError('image_too_large', message, { cause: error });
    if (/blocked|unsupported image format/.test(message))
      throw new PermanentError('image_unsupported', message, { cause: error });
    throw new PermanentError('image_corrupt', message, { cause: error });
  }
}
