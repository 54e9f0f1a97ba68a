import * as z from 'zod';
import { failures } from '../../catalog/failures.ts';
import { photoFormatNames } from '../../catalog/photos.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What the parent sends: the photo, once. */
export const RendererRequest = bytes;

const Rendition = z.object({ width: z.int(), height: z.int(), content: bytes });

/** What the renderer's process answers, once. It has read a stranger's file, so its answer is parsed like one. */
export const RendererAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rendered'),
    photo: z.object({
      format: z.enum(photoFormatNames),
      width: z.int(),
      height: z.int(),
      renditions: z.object({ processed: Rendition, preview: Rendition, thumbnail: Rendition }),
      thumbhash: z.string(),
      dominantColor: z.string(),
      origin: z.object({
        takenAt: z.string().optional(),
        utcOffset: z.string().optional(),
        position: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
      }),
    }),
  }),
  z.object({
    kind: z.literal('refused'),
    code: z.custom<keyof typeof failures>((code) => typeof code === 'string' && Object.hasOwn(failures, code)),
    reason: z.string(),
  }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);

export type RendererAnswer = z.infer<typeof RendererAnswer>;
