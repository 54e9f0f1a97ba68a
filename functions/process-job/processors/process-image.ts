import { type InputOf, jobTypes } from '../../../shared/catalog/job-types.ts';
import type { RenditionName } from '../../../shared/catalog/photos.ts';
import type { StoredImage } from '../../../shared/catalog/schemas/image.ts';
import { mediaCost } from '../../../shared/domain/cost.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import type { RenderedPhoto } from '../../../shared/domain/photo.ts';
import type { MediaStore } from '../../../shared/domain/ports.ts';
import { isUploadOf } from '../../../shared/domain/upload.ts';
import { processorFor, type StepContext } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';
import { placeOf, takenAt } from './photo-origin.ts';

type ImageContext = StepContext<InputOf<'process_image'>, unknown>;

/** Makes the pictures of an uploaded photo. The upload itself is left to the bucket's lifecycle. */
export function processImage(services: Pick<ProcessorServices, 'gazetteer' | 'media' | 'renderer'>) {
  return processorFor(jobTypes.process_image, {
    process: async (context) => {
      const { signal, progress, input } = context;
      await progress(0.1, 'Fetching the photo');
      const file = await uploaded(context, services.media());
      await progress(0.3, 'Making the pictures');
      const photo = await services.renderer().render(file, signal);
      signal.throwIfAborted();
      await progress(0.8, 'Storing the pictures');
      const keys = await store(photo, context, services.media());
      context.spend(mediaCost(Object.keys(keys).length));
      return { result: { ...keys, ...described(photo), ...origin(photo, input.include_place, services) } };
    },
  });
}

/** Checked again although the submit was: a job may also come from elsewhere than the API. */
async function uploaded({ input, owner }: ImageContext, media: MediaStore): Promise<Uint8Array> {
  if (!isUploadOf(owner, input.upload_key)) throw new PermanentError('image_missing', 'The upload is not of the owner');
  const file = await media.read(input.upload_key);
  if (!file) throw new PermanentError('image_missing', 'There is no such upload');
  return file;
}

/** Under the job's id: another attempt writes the same objects. */
async function store(
  { renditions }: RenderedPhoto,
  { jobId, owner }: ImageContext,
  media: MediaStore,
): Promise<Record<`${RenditionName}_key`, string>> {
  const keyOf = (name: RenditionName) => `images/${owner}/${jobId}/${name}.webp`;
  const save = (name: RenditionName) => media.save(keyOf(name), renditions[name].content, 'image/webp');
  await Promise.all([save('processed'), save('preview'), save('thumbnail')]);
  return { processed_key: keyOf('processed'), preview_key: keyOf('preview'), thumbnail_key: keyOf('thumbnail') };
}

function described(photo: RenderedPhoto) {
  const size = ({ width, height, content }: RenderedPhoto['renditions'][RenditionName]) => ({
    width,
    height,
    bytes: content.length,
  });
  const { processed, preview, thumbnail } = photo.renditions;
  return {
    renditions: { processed: size(processed), preview: size(preview), thumbnail: size(thumbnail) },
    width: photo.width,
    height: photo.height,
    format: photo.format,
    thumbhash: photo.thumbhash,
    dominant_color: photo.dominantColor,
  };
}

/** The place, and the time zone that would give it away, only if they were asked for. */
function origin(
  { origin: { position, ...time } }: RenderedPhoto,
  isPlaceAsked: boolean,
  { gazetteer }: Pick<ProcessorServices, 'gazetteer'>,
): Pick<StoredImage, 'taken_at' | 'place'> {
  const asked = isPlaceAsked ? position : undefined;
  const taken_at = takenAt({ ...time, position: asked });
  return {
    ...(taken_at && { taken_at }),
    ...(asked && { place: placeOf(asked, gazetteer()) }),
  };
}
