import exifr from 'exifr';
import * as z from 'zod';
import type { PhotoOrigin } from '../domain/photo.ts';

/**
 * When and where a photo was taken, from its Exif block (with or without the `Exif` marker before it). Whatever is missing, broken or
 * impossible is left out: that is no reason to refuse a photo.
 */
export async function readOrigin(exif: Uint8Array): Promise<PhotoOrigin> {
  const { DateTimeOriginal, OffsetTimeOriginal, latitude, longitude } = ExifFields.parse(await parseExif(exif));
  return {
    ...(DateTimeOriginal !== undefined && { takenAt: DateTimeOriginal }),
    ...(DateTimeOriginal !== undefined && OffsetTimeOriginal !== undefined && { utcOffset: OffsetTimeOriginal }),
    ...(latitude !== undefined &&
      longitude !== undefined &&
      isPosition(latitude, longitude) && {
        position: { latitude, longitude },
      }),
  };
}

async function parseExif(exif: Uint8Array): Promise<unknown> {
  const marker = Buffer.from('Exif\0\0');
  const start = Buffer.from(exif.subarray(0, marker.length)).equals(marker) ? marker.length : 0;
  try {
    // A copy: exifr reads the whole buffer behind a view. Values stay as written, since dates in Exif have no zone to revive them in.
    return await exifr.parse(Uint8Array.from(exif.subarray(start)), {
      reviveValues: false,
      tiff: true,
      exif: true,
      gps: true,
    });
  } catch {
    return undefined;
  }
}

/** `2012:05:06 14:23:11`; cameras without a clock write zeros or spaces. */
const ExifTime = z
  .string()
  .regex(/^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d/)
  .transform((time) => `${time.slice(0, 10).replaceAll(':', '-')}T${time.slice(11, 19)}`)
  .pipe(z.iso.datetime({ local: true }));

const ExifFields = z
  .object({
    DateTimeOriginal: ExifTime.optional().catch(undefined),
    OffsetTimeOriginal: z
      .string()
      .regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/)
      .optional()
      .catch(undefined),
    latitude: z.number().optional().catch(undefined),
    longitude: z.number().optional().catch(undefined),
  })
  .catch({});

/** Cameras without a fix write zeros; nobody drives through the Gulf of Guinea. */
function isPosition(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && !(latitude === 0 && longitude === 0);
}
