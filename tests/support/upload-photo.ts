import * as z from 'zod';
import { UploadForm } from '../../shared/catalog/schemas/image.ts';
import { hasEnded, type JobDocument, jobWhen, submit } from './api-client.ts';
import type { TestCloud } from './local-cloud.ts';

export type Form = z.infer<typeof UploadForm>;

/** Asks for a form and expects one. */
export async function createUpload(cloud: TestCloud, contentType: string, owner = 'ada'): Promise<Form> {
  const response = await cloud.call('/uploads', { owner, body: { content_type: contentType } });
  if (response.status !== 201) throw new Error(`/uploads answered ${response.status}: ${await response.text()}`);
  return UploadForm.parse(await response.json());
}

/** Sends the form as a browser does. */
export function postForm({ url, fields }: Pick<Form, 'url' | 'fields'>, file: Uint8Array): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Uint8Array.from(file)]), 'photo');
  return fetch(url, { method: 'POST', body: form });
}

/** Uploads a file, says what it pleases about its type, and returns its key. */
export async function upload(cloud: TestCloud, file: Uint8Array, owner = 'ada'): Promise<string> {
  const form = await createUpload(cloud, 'image/jpeg', owner);
  const response = await postForm(form, file);
  if (response.status !== 204) throw new Error(`the upload was answered ${response.status}: ${await response.text()}`);
  return form.upload_key;
}

/** Uploads a file, has it processed and waits for the end. */
export async function processPhoto(cloud: TestCloud, file: Uint8Array, options: object = {}): Promise<JobDocument> {
  const upload_key = await upload(cloud, file);
  const { job_id } = await submit(cloud, '/jobs/image/process', { upload_key, ...options });
  return jobWhen(cloud, job_id, hasEnded);
}

const Size = z.object({ width: z.int(), height: z.int(), bytes: z.int() });

/** The result of process_image as its owner reads it. */
export const ShownImage = z.strictObject({
  processed_url: z.url(),
  preview_url: z.url(),
  thumbnail_url: z.url(),
  renditions: z.object({ processed: Size, preview: Size, thumbnail: Size }),
  width: z.int(),
  height: z.int(),
  format: z.string(),
  thumbhash: z.base64(),
  dominant_color: z.string(),
  taken_at: z.object({ local: z.string(), utc_offset: z.string().optional(), zone: z.string().optional() }).optional(),
  place: z.looseObject({ latitude: z.number(), longitude: z.number(), name: z.string().optional() }).optional(),
});

/** The bytes behind the links of a result. */
export async function fetchPictures(image: z.infer<typeof ShownImage>) {
  const get = async (url: string) => {
    const response = await fetch(url);
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  return {
    processed: await get(image.processed_url),
    preview: await get(image.preview_url),
    thumbnail: await get(image.thumbnail_url),
  };
}
