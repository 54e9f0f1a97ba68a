import { LinkedMedia } from '../../shared/adapters/s3/linked-media.ts';
import { S3MediaLinks } from '../../shared/adapters/s3/s3-media-links.ts';
import { s3Signer } from '../../shared/runtime/aws-surroundings.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobPorts, limiting, storyCache } from '../../shared/runtime/job-ports.ts';
import { modelSettings } from '../../shared/runtime/model-settings.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';
import { testReceivers } from '../../shared/runtime/test-receivers.ts';
import { createUpload } from './create-upload.ts';
import { submitBatch } from './submit-batch.ts';
import { submitCancellation, submitReservation } from './submit-booking.ts';
import { submitHighlights } from './submit-highlights.ts';
import { submitImage } from './submit-image.ts';
import { submitStory } from './submit-story.ts';

const environment = environmentOf('submit-job');
const accepting = {
  ...jobPorts(environment),
  limiting: limiting(environment),
  callbackTestOrigins: testReceivers({ ...environment }).origins,
};
const ports = {
  ...accepting,
  media: new S3MediaLinks(environment.MEDIA_BUCKET_NAME, s3Signer(), Date.now),
};
const storyPorts = {
  ...ports,
  cache: storyCache(environment),
  speech: new LinkedMedia(ports.media),
  model: modelSettings(environment),
};
const uploadPorts = { ...accepting, bucket: environment.MEDIA_BUCKET_NAME, signer: s3Signer() };

export const handler = httpHandler({
  generate_story: (request) => submitStory(request, storyPorts),
  pregenerate_stories: (request) => submitBatch(request, accepting),
  process_reservation: (request) => submitReservation(request, ports),
  cancel_reservation: (request) => submitCancellation(request, ports),
  process_image: (request) => submitImage(request, ports),
  generate_highlights: (request) => submitHighlights(request, ports),
  create_upload: (request) => createUpload(request, uploadPorts),
  send_notification: (request) =>
    acceptJob(
      request,
      { options: request.body, plan: () => ({ type: 'send_notification', input: request.body }) },
      ports,
    ),
  synthesize_voice: (request) =>
    acceptJob(
      request,
      { options: request.body, plan: () => ({ type: 'synthesize_voice', input: request.body }) },
      ports,
    ),
});
