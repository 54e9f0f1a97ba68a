import { s3Signer } from '../../shared/runtime/aws-surroundings.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobPorts } from '../../shared/runtime/job-ports.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';
import { createUpload } from './create-upload.ts';
import { submitBatch } from './submit-batch.ts';
import { submitImage } from './submit-image.ts';

const environment = environmentOf('submit-job');
const ports = jobPorts(environment);
const uploadPorts = { bucket: environment.MEDIA_BUCKET_NAME, signer: s3Signer(), now: ports.now };

export const handler = httpHandler({
  generate_story: (request) =>
    acceptJob(request, { type: 'generate_story', input: request.body, options: request.body }, ports),
  pregenerate_stories: (request) => submitBatch(request, ports),
  process_image: (request) => submitImage(request, ports),
  create_upload: (request) => createUpload(request, uploadPorts),
  synthesize_voice: (request) =>
    acceptJob(request, { type: 'synthesize_voice', input: request.body, options: request.body }, ports),
});
