import { jobTypes } from '../../../shared/catalog/job-types.ts';
import { processorFor } from '../../../shared/jobs/processor.ts';

/** Does nothing, and thereby shows that its queue is picked up. */
export const probe = processorFor(jobTypes.probe, {
  answer: async () => ({ result: {} }),
});
