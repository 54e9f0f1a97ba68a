import { S3MediaLinks } from '../../shared/adapters/s3/s3-media-links.ts';
import { s3Signer } from '../../shared/runtime/aws-surroundings.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobPorts, limiting } from '../../shared/runtime/job-ports.ts';
import { cancel } from './cancel.ts';
import { retry } from './retry.ts';

const environment = environmentOf('control-jobs');
const ports = {
  ...jobPorts(environment),
  ...limiting(environment),
  media: new S3MediaLinks(environment.MEDIA_BUCKET_NAME, s3Signer(), Date.now),
};

export const handler = httpHandler({
  cancel_job: (request) => cancel(request, ports),
  retry_job: (request) => retry(request, ports),
});
