import { isUploadOf } from '../../shared/domain/upload.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { wrongFields } from '../../shared/runtime/problem.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';

/** Accepts a photo of the caller's own uploads. Somebody else's is refused in the same words as one that never existed. */
export async function submitImage(request: HttpRequest<'process_image'>, ports: SubmitPorts): Promise<HttpAnswer> {
  const { body, owner } = request;
  const plan = () => {
    if (isUploadOf(owner, body.upload_key)) return { type: 'process_image', input: body } as const;
    throw wrongFields([{ path: 'upload_key', message: 'is not one of your uploads' }]);
  };
  return acceptJob(request, { options: body, plan }, ports);
}
