import type { JobType } from '../../../shared/catalog/job-types.ts';
import type { Processor } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';

/** The processor of each job type, loaded when its first job comes. The compiler asks for a line when the catalog gains a type. */
export const processorRegistry: { readonly [T in JobType]: (services: ProcessorServices) => Promise<Processor> } = {
  generate_story: async (services) => (await import('./generate-story.ts')).generateStory(services),
  synthesize_voice: async (services) => (await import('./synthesize-voice.ts')).synthesizeVoice(services),
  pregenerate_stories: async (services) => (await import('./pregenerate-stories.ts')).pregenerateStories(services),
  answer_traveler: async (services) => (await import('./answer-traveler.ts')).answerTraveler(services),
  process_image: async (services) => (await import('./process-image.ts')).processImage(services),
  generate_highlights: async (services) => (await import('./generate-highlights.ts')).generateHighlights(services),
  deliver_webhook: async (services) => (await import('./deliver-webhook.ts')).deliverWebhook(services),
  process_reservation: async (services) => (await import('./process-reservation.ts')).processReservation(services),
  cancel_reservation: async (services) => (await import('./cancel-reservation.ts')).cancelReservation(services),
  send_notification: async (services) => (await import('./send-notification.ts')).sendNotification(services),
  probe: async () => (await import('./probe.ts')).probe,
};
