/** The formats that photos are taken in, with the content types of their uploads. HEIC is missing: sharp's binaries cannot decode it. */
export const photoFormats = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
} as const satisfies Record<string, string>;

export type PhotoFormat = keyof typeof photoFormats;

export const photoFormatNames = Object.keys(photoFormats).filter(isPhotoFormat);

export const photoContentTypes = photoFormatNames.map((format) => photoFormats[format]);

function isPhotoFormat(name: string): name is PhotoFormat {
  return Object.hasOwn(photoFormats, name);
}

/** The largest file of an upload, bytes. A 50-megapixel JPEG of a telephone has up to 25 MB. */
export const largestUploadBytes = 31_457_280;

/** How long an upload form may be used, seconds. */
export const uploadFormSeconds = 900;

/**
 * The most pixels of a photo, read from its header before anything is decoded. Sensors sold as "50 megapixels" deliver up to 50.2 million;
 * the decoders' own limit, 268 million, lets a file of 250 kB ask for a gigabyte.
 */
export const mostPixels = 52_000_000;

/** What is made of a photo: WebP pictures whose longer side is at most so many pixels, and never more than the photo has. */
export const renditionSides = { processed: 1_920, preview: 960, thumbnail: 320 } as const satisfies Record<
  string,
  number
>;

export type RenditionName = keyof typeof renditionSides;
