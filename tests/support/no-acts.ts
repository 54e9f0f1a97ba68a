import type { StepContext } from '../../shared/jobs/processor.ts';

/** For a processor that does nothing outside; what it spends is not looked at. */
export const noActs: Pick<StepContext<unknown, unknown>, 'once' | 'hasBegun' | 'takeBack' | 'spend'> = {
  spend: () => {},
  hasBegun: () => false,
  once: () => Promise.reject(new Error('nothing may be done here')),
  takeBack: () => Promise.reject(new Error('nothing is to be taken back here')),
};
