import type { StepContext } from '../../shared/jobs/processor.ts';

/** For a processor that does nothing outside. */
export const noActs: Pick<StepContext<unknown, unknown>, 'once' | 'takeBack'> = {
  once: () => Promise.reject(new Error('nothing may be done here')),
  takeBack: () => Promise.reject(new Error('nothing is to be taken back here')),
};
