import { isRecord, type Outcome, readAnswer } from './answer.ts';
import { ask, type Connection, persist } from './ask.ts';
import type { Bodies, Results, UploadForm, UploadRequest } from './contract.ts';
import { NetworkError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { Follower } from './follower.ts';
import { uploadsPath } from './paths.ts';
import { type RunOptions, run } from './run.ts';

/** A photo: its bytes, a `Blob` or `File`, or in React Native the file that a picker names. */
export type Photo = Uint8Array<ArrayBuffer> | Blob | PhotoFile;

/** How React Native's forms name a file on the telephone. */
export interface PhotoFile {
  readonly uri: string;
  readonly name: string;
  readonly type: string;
}

export interface PhotoOptions extends RunOptions<'process_image'>, PhotoFields {
  /** Default: what the photo says of itself; one that says nothing, as bytes do, counts as JPEG. What is in the file is found out by the server. */
  readonly contentType?: UploadRequest['content_type'];
  /** Called once the photo is stored: keep the key, and `image.process` takes it up again after a restart of the app. */
  readonly onUploaded?: (uploadKey: string) => void;
}

/** What a job for a photo takes beside the photo. */
type PhotoFields = Omit<Bodies['process_image'], 'upload_key'>;

/** Seconds until one try to send a photo counts as lost: 30 MB over a slow network. */
const uploadSeconds = 300;

/** Gets a form, sends the photo with it straight to the storage, and runs the job. */
export async function uploadAndProcess(
  connection: Connection,
  follower: Follower,
  photo: Photo,
  options: PhotoOptions,
): Promise<Results['process_image']> {
  const { contentType, onUploaded, signal } = options;
  const form = await createForm(connection, contentType ?? typeOf(photo), signal);
  await sendPhoto(connection, form, photo, signal);
  onUploaded?.(form.upload_key);
  return run(connection, follower, { route: 'process_image', body: bodyOf(form.upload_key, options), options });
}

/** `Named` asks for every field, also those that may be left out: one that the API comes to take cannot be forgotten here. */
function bodyOf(upload_key: string, options: PhotoFields): Bodies['process_image'] {
  const { include_place, priority, expires_in, delay, run_at, callback_url } = options;
  const fields: Named<PhotoFields> = { include_place, priority, expires_in, delay, run_at, callback_url };
  return { upload_key, ...fields };
}

type Named<T> = { readonly [Name in keyof Required<T>]: T[Name] };

function typeOf(photo: Photo): string {
  return 'type' in photo && photo.type !== '' ? photo.type : 'image/jpeg';
}

/** A form that is never used harms nobody, so asking for it may be repeated. */
async function createForm(connection: Connection, content_type: string, signal?: AbortSignal): Promise<UploadForm> {
  const body = JSON.stringify({ content_type });
  const request = { method: 'POST', path: uploadsPath, body, needsToken: true, repeatable: true, signal } as const;
  return (await ask(connection, { ...request, isBody: isUploadForm })).body;
}

/** Sending it again stores the same photo under the same key. */
async function sendPhoto(connection: Connection, form: UploadForm, photo: Photo, signal?: AbortSignal): Promise<void> {
  const { platform } = connection;
  const patience = patienceFor(form, connection);
  const attempt = async (): Promise<Outcome<unknown>> => {
    try {
      const init = { method: 'POST', body: filled(form, photo) };
      const done = await exchange(platform, form.url, init, { seconds: uploadSeconds, signal });
      return readAnswer(done, isAnything, platform.clock.now());
    } catch (error) {
      if (error instanceof NetworkError) return { kind: 'hindered', error };
      throw error;
    }
  };
  await persist({ platform, patience }, { isRepeatable: true, requestSeconds: uploadSeconds, signal }, attempt);
}

/**
 * Seconds: enough to send the photo a second time after a try that was lost at its very end, if the form is good for so long. What is left of it is
 * told by the clock of a telephone, which may be wrong, so it never makes the client less patient than it is otherwise.
 */
function patienceFor({ expires_at }: UploadForm, { patience, platform }: Connection): number {
  const leftSeconds = (Date.parse(expires_at) - platform.clock.now()) / 1_000;
  const twoTries = 2 * uploadSeconds;
  return Math.max(patience, Number.isNaN(leftSeconds) ? twoTries : Math.min(twoTries, leftSeconds));
}

/** The fields as they came, and the file last: S3 reads nothing after it. */
function filled({ fields }: UploadForm, photo: Photo): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  appendFile(form, photo instanceof Uint8Array ? new Blob([photo]) : photo);
  return form;
}

/** A browser's form takes a Blob, React Native's what names a file. */
function appendFile(form: { append(name: string, value: unknown): void }, file: Blob | PhotoFile): void {
  form.append('file', file);
}

function isUploadForm(body: unknown): body is UploadForm {
  return isRecord(body) && typeof body.upload_key === 'string' && typeof body.url === 'string' && isRecord(body.fields);
}

function isAnything(body: unknown): body is unknown {
  return body !== undefined;
}
