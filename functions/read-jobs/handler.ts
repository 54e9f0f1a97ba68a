import { S3MediaLinks } from '../../shared/adapters/s3/s3-media-links.ts';
import { s3Signer } from '../../shared/runtime/aws-surroundings.ts';
import { environmentOf, taskRoot } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobStore } from '../../shared/runtime/job-ports.ts';
import { secretsOf } from '../../shared/runtime/secrets.ts';
import { listRecent } from './list-recent.ts';
import { readBatch } from './read-batch.ts';
import { readDocs } from './read-docs.ts';
import { readEvents } from './read-events.ts';
import { readHealth } from './read-health.ts';
import { readJob } from './read-job.ts';
import { readOpenapi } from './read-openapi.ts';
import { readWebhookSecret } from './read-webhook-secret.ts';

const environment = environmentOf('read-jobs');
const ports = {
  store: jobStore(environment),
  media: new S3MediaLinks(environment.MEDIA_BUCKET_NAME, s3Signer(), Date.now),
  now: Date.now,
};

const secrets = secretsOf(environment);

export const handler = httpHandler({
  read_job: (request) => readJob(request, ports),
  read_batch: (request) => readBatch(request, ports),
  read_events: (request) => readEvents(request, ports),
  list_recent: (request) => listRecent(request, ports),
  read_webhook_secret: (request) => readWebhookSecret(request, secrets),
  read_health: async () => readHealth(environment.STAGE, ports.now()),
  read_openapi: () => readOpenapi(taskRoot()),
  read_docs: () => readDocs(taskRoot()),
});
