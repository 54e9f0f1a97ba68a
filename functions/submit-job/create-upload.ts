import { ulid } from 'ulid';
import type * as z from 'zod';
import type { S3Signer } from '../../shared/adapters/s3/s3-signer.ts';
import { signUploadForm } from '../../shared/adapters/s3/upload-form.ts';
import { largestUploadBytes, uploadFormSeconds } from '../../shared/catalog/photos.ts';
import type { UploadForm } from '../../shared/catalog/schemas/image.ts';
import { uploadKey } from '../../shared/domain/upload.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { limitRequest } from '../../shared/runtime/owner-limits.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';

export interface UploadPorts extends Pick<SubmitPorts, 'store' | 'telemetry' | 'now'> {
  readonly limiting: NonNullable<SubmitPorts['limiting']>;
  readonly bucket: string;
  readonly signer: S3Signer;
}

/** A form for one photo, under a key that only its owner may have processed. The file goes straight to storage, never through a function. */
export async function createUpload(
  { route, owner, body }: HttpRequest<'create_upload'>,
  { bucket, signer, limiting, ...ports }: UploadPorts,
): Promise<HttpAnswer> {
  const headers = await limitRequest({ route, owner }, { ...ports, ...limiting });
  const at = ports.now();
  const key = uploadKey(owner, ulid(at));
  const expiresAt = at + uploadFormSeconds * 1_000;
  const form = signUploadForm(
    { bucket, key, contentType: body.content_type, maxBytes: largestUploadBytes, now: at, expiresAt },
    signer,
  );
  const answer: z.infer<typeof UploadForm> = {
    upload_key: key,
    url: form.url,
    fields: { ...form.fields },
    expires_at: new Date(expiresAt).toISOString(),
    max_bytes: largestUploadBytes,
  };
  return { status: 201, body: answer, headers };
}
