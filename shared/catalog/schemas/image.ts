import * as z from 'zod';
import { largestUploadBytes, photoContentTypes, photoFormatNames } from '../photos.ts';
import { submitOptions } from './submit.ts';

/** `uploads/<owner>/<ULID>`. */
const UploadKey = z
  .string()
  .regex(/^uploads\/[\w-]{22}\/[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be an upload_key that POST /uploads has answered')
  .meta({ id: 'UploadKey', examples: ['uploads/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7'] });

export const CreateUploadRequest = z
  .strictObject({ content_type: z.enum(photoContentTypes) })
  .meta({ id: 'CreateUploadRequest', examples: [{ content_type: 'image/jpeg' }] });

export const UploadForm = z
  .object({
    upload_key: UploadKey,
    url: z.url().meta({ description: 'Send the form here: POST, multipart/form-data.' }),
    fields: z
      .record(z.string(), z.string())
      .meta({ description: 'Every one goes into the form as it is, before the last part, `file`.' }),
    expires_at: z.iso.datetime(),
    max_bytes: z.int().meta({ examples: [largestUploadBytes] }),
  })
  .meta({
    id: 'UploadForm',
    description: 'A form that uploads one photo straight to storage.',
    examples: [
      {
        upload_key: 'uploads/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
        url: 'https://media.s3.us-east-1.amazonaws.com/',
        fields: { key: 'uploads/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7', policy: 'eyJleHBpcmF0aW9u…' },
        expires_at: '2026-07-04T18:45:15Z',
        max_bytes: largestUploadBytes,
      },
    ],
  });

const imageFields = {
  upload_key: UploadKey,
  include_place: z.boolean().default(false).meta({
    description:
      'Whether the result names the place where the photo was taken, if the photo tells. It never stays in a picture.',
  }),
};

export const ProcessImageRequest = z.strictObject({ ...imageFields, ...submitOptions }).meta({
  id: 'ProcessImageRequest',
  examples: [{ upload_key: 'uploads/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7', include_place: true }],
});

/** The job's input: the request without its submit options. */
export const ProcessImageInput = z.object(imageFields);

const Rendition = z.object({ width: z.int().positive(), height: z.int().positive(), bytes: z.int().positive() });

const TakenAt = z.object({
  local: z.iso.datetime({ local: true }).meta({ description: 'By the clock of the camera.' }),
  utc_offset: z.string().optional().meta({ description: 'As the camera noted it, `+02:00`.' }),
  zone: z.string().optional().meta({ description: 'IANA time zone of the place, if the place was asked for.' }),
});

const PhotoPlace = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional().meta({ description: 'The nearest town within 100 km.' }),
  region: z.string().optional(),
  country: z.string().optional(),
  country_code: z.string().optional(),
  distance_km: z.number().optional(),
});

const imageExample = {
  processed_key: 'images/2f1c9a/processed.webp',
  preview_key: 'images/2f1c9a/preview.webp',
  thumbnail_key: 'images/2f1c9a/thumbnail.webp',
  renditions: {
    processed: { width: 1_920, height: 1_280, bytes: 412_300 },
    preview: { width: 960, height: 640, bytes: 121_800 },
    thumbnail: { width: 320, height: 213, bytes: 18_400 },
  },
  width: 6_000,
  height: 4_000,
  format: 'jpeg',
  thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
  dominant_color: '#7a8b6c',
  taken_at: { local: '2026-07-04T18:30:15', utc_offset: '-07:00' },
};

/** What process_image makes. The pictures are WebP, upright, sRGB, and hold no metadata. */
export const StoredImage = z
  .object({
    processed_key: z.string().meta({ description: 'At most 1,920 pixels a side.' }),
    preview_key: z.string().meta({ description: 'At most 960 pixels a side.' }),
    thumbnail_key: z.string().meta({ description: 'At most 320 pixels a side.' }),
    renditions: z.object({ processed: Rendition, preview: Rendition, thumbnail: Rendition }),
    width: z.int().positive().meta({ description: 'Of the photo as it was uploaded, held upright.' }),
    height: z.int().positive(),
    format: z.enum(photoFormatNames),
    thumbhash: z
      .base64()
      .meta({ description: 'ThumbHash: a blurred picture of about 25 bytes, to show while the real one loads.' }),
    dominant_color: z.string().regex(/^#[0-9a-f]{6}$/),
    taken_at: TakenAt.optional(),
    place: PhotoPlace.optional(),
  })
  .meta({ examples: [imageExample] });

export type StoredImage = z.infer<typeof StoredImage>;
