import { UploadForm } from '../../../shared/catalog/schemas/image.ts';
import { heldPhoto } from '../../support/photos.ts';
import { postForm } from '../../support/upload-photo.ts';
import type { SoakedCloud } from './soaked-cloud.ts';

/** Asks for a form and, if `really`, sends a photo with it; the key of the upload. Begins anew until it was taken. */
export async function uploadPhoto(cloud: Pick<SoakedCloud, 'call'>, owner: string, really: boolean): Promise<string> {
  for (;;) {
    const response = await cloud.call('/uploads', { owner, body: { content_type: 'image/jpeg' } });
    const form = UploadForm.parse(await response.json());
    if (!really) return form.upload_key;
    const photo = await heldPhoto(1);
    // The stand-in may be killed meanwhile; the form names its port.
    const taken = await postForm(form, photo).catch(() => undefined);
    if (taken?.status === 204) return form.upload_key;
  }
}
