import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { BedrockAnswerer } from '../../shared/adapters/bedrock/bedrock-answerer.ts';
import { createBedrockClient } from '../../shared/adapters/bedrock/bedrock-client.ts';
import { BedrockJourneyTeller } from '../../shared/adapters/bedrock/bedrock-journey-teller.ts';
import { BedrockStoryWriter } from '../../shared/adapters/bedrock/bedrock-story-writer.ts';
import { openGazetteer } from '../../shared/adapters/gazetteer/sqlite-gazetteer.ts';
import { createPollyClient } from '../../shared/adapters/polly/polly-client.ts';
import { PollySpeaker } from '../../shared/adapters/polly/polly-speaker.ts';
import { createS3Client } from '../../shared/adapters/s3/s3-client.ts';
import { S3MediaStore } from '../../shared/adapters/s3/s3-media-store.ts';
import { createSesClient } from '../../shared/adapters/ses/ses-client.ts';
import { SesMailer } from '../../shared/adapters/ses/ses-mailer.ts';
import { ForkedRenderer } from '../../shared/adapters/sharp/forked-renderer.ts';
import { createSnsClient } from '../../shared/adapters/sns/sns-client.ts';
import { SnsPushSender } from '../../shared/adapters/sns/sns-push-sender.ts';
import { HttpsWebhookSender } from '../../shared/adapters/webhooks/https-webhook-sender.ts';
import type { EnvironmentOf } from '../../shared/catalog/environment.ts';
import { imagingAsset } from '../../shared/catalog/functions.ts';
import type { QuestionAnswerer } from '../../shared/domain/answer.ts';
import type { PaymentProvider, ReservationPartner } from '../../shared/domain/booking.ts';
import type { Gazetteer } from '../../shared/domain/gazetteer.ts';
import type { JourneyTeller, Speaker, StoryWriter } from '../../shared/domain/narration.ts';
import type { CollapseKeys, Mailer, PushSender } from '../../shared/domain/notification.ts';
import type { PhotoRenderer } from '../../shared/domain/photo.ts';
import type { JobStore, MediaStore, Now, Secrets } from '../../shared/domain/ports.ts';
import type { RouteFinder } from '../../shared/domain/routes/route-finder.ts';
import type { WebhookSender } from '../../shared/domain/webhook.ts';
import {
  gatedAnswerer,
  gatedJourneyTeller,
  gatedPartner,
  gatedPayments,
  gatedSpeaker,
  gatedWriter,
} from '../../shared/jobs/gated-calls.ts';
import type { SharePorts } from '../../shared/jobs/share-story.ts';
import { UpstreamGate } from '../../shared/jobs/upstream-gate.ts';
import { libraryPath } from '../../shared/runtime/aws-surroundings.ts';
import { taskRoot } from '../../shared/runtime/environment.ts';
import { collapseKeys, jobStore, storyCache, upstreamStates } from '../../shared/runtime/job-ports.ts';
import { mailSettings } from '../../shared/runtime/mail-settings.ts';
import { modelSettings } from '../../shared/runtime/model-settings.ts';
import { paymentProvider, reservationPartner } from '../../shared/runtime/provider-ports.ts';
import { routeFinder } from '../../shared/runtime/route-finder.ts';
import { secretsOf } from '../../shared/runtime/secrets.ts';
import { telemetry } from '../../shared/runtime/telemetry.ts';
import { testReceivers } from '../../shared/runtime/test-receivers.ts';

/** What processors work with. Each is made at its first use, so that a consumer pays only for what its jobs need. */
export interface ProcessorServices {
  gazetteer(): Gazetteer;
  routes(): Promise<RouteFinder>;
  writer(): StoryWriter;
  journeyTeller(): JourneyTeller;
  answerer(): QuestionAnswerer;
  speaker(): Speaker;
  media(): MediaStore;
  /** To read what other jobs have made; whose they are is the reader's to check. */
  jobs(): Pick<JobStore, 'findAll' | 'read'>;
  renderer(): PhotoRenderer;
  push(): PushSender;
  mailer(): Mailer;
  collapseKeys(): CollapseKeys;
  webhooks(): WebhookSender;
  payments(): PaymentProvider;
  partner(): ReservationPartner;
  secrets(): Secrets;
  readonly now: Now;
  /** Where stories are shared, and the settings of the model that are part of what they are known by. */
  sharing(): SharePorts & { readonly model: object };
}

/**
 * The services of a consumer by its environment, those of upstreams with the gate before them. Nothing is opened or connected here: a service
 * whose setting the consumer lacks throws when it is first asked for.
 */
export function processorServices(environment: EnvironmentOf<'process-job'>): ProcessorServices {
  const model = modelSettings(environment);
  const secrets = once(() => secretsOf(environment));
  const bedrock = once(createBedrockClient);
  const gate = once(() => upstreamGate(environment));
  const gazetteer = once(() => openGazetteer(join(taskRoot(), 'gazetteer.db')));
  return {
    now: Date.now,
    sharing: once(() => ({
      model,
      cache: storyCache(environment),
      telemetry,
      now: Date.now,
      keptSeconds: environment.STORY_KEPT_SECONDS,
    })),
    gazetteer,
    routes: once(() => routeFinder(environment, gazetteer(), gate)),
    writer: once(() => gatedWriter(new BedrockStoryWriter(bedrock(), model), gate())),
    journeyTeller: once(() => gatedJourneyTeller(new BedrockJourneyTeller(bedrock(), model), gate())),
    answerer: once(() => gatedAnswerer(new BedrockAnswerer(bedrock(), model), gate())),
    speaker: once(() => gatedSpeaker(new PollySpeaker(createPollyClient()), gate())),
    payments: once(() => gatedPayments(paymentProvider(environment, secrets()), gate())),
    partner: once(() => gatedPartner(reservationPartner(environment, secrets()), gate())),
    jobs: once(() => jobStore(environment)),
    media: once(() => new S3MediaStore(createS3Client(), environment.MEDIA_BUCKET_NAME)),
    push: once(() => new SnsPushSender(createSnsClient())),
    mailer: once(() => new SesMailer(createSesClient(), mailSettings(environment))),
    collapseKeys: once(() => collapseKeys(environment)),
    webhooks: once(() => new HttpsWebhookSender({ test: testReceivers(environment) })),
    secrets,
    renderer: once(
      () => new ForkedRenderer({ script: join(taskRoot(), imagingAsset.renderer), environment: libraryPath() }),
    ),
  };
}

/** One a sandbox: the tokens that it holds are spent by all its jobs. */
function upstreamGate(environment: EnvironmentOf<'process-job'>): UpstreamGate {
  return new UpstreamGate({
    states: upstreamStates(environment),
    settings: environment.UPSTREAMS,
    queue: environment.QUEUE_NAME,
    telemetry,
    now: Date.now,
    random: Math.random,
    pause: (milliseconds) => setTimeout(milliseconds),
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
