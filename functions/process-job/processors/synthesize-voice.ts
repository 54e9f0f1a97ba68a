import { jobTypes } from '../../../shared/catalog/job-types.ts';
import { processorFor } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';
import { narrate } from './narrate.ts';

/** Speaks a text the app brings. */
export function synthesizeVoice(services: ProcessorServices) {
  return processorFor(jobTypes.synthesize_voice, {
    narrate: async ({ input, acceptedAt: at, signal, spend }) => {
      const { speech, cached } = await narrate(input.text, input.voice_personality, services, { at, signal, spend });
      return { result: { ...speech, ...(cached && { cached }) } };
    },
  });
}
