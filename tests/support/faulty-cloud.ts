import type { CloudOptions } from '../../infra/local/cloud.ts';
import { createFaultKit, type FaultKit } from '../../infra/local/faults/fault-kit.ts';
import { startTestCloud, type TestCloud } from './local-cloud.ts';

/** A local cloud that can be harmed. */
export interface FaultyCloud extends TestCloud {
  readonly faults: FaultKit;
  /** How many calls about this the model has answered since the start. */
  modelCalls(about: string): number;
  /** How many calls about this the voice has answered since the start. */
  voiceCalls(about: string): number;
  /**
   * Has the reconciler look at every job, and take every attempt that began before `restartedAt` (milliseconds) for dead, as after a restart of
   * everything. Else the lease of a killed worker would run out first, a minute and a half later.
   */
  recover(restartedAt: number): Promise<void>;
}

/** `options` are those of `startTestCloud`. */
export async function startFaultyCloud(options: Partial<Omit<CloudOptions, 'faults'>> = {}): Promise<FaultyCloud> {
  const faults = createFaultKit();
  const model = faults.watch({ service: 'bedrock' });
  const voice = faults.watch({ service: 'polly' });
  const cloud = await startTestCloud({ ...options, faults });
  const about = (calls: typeof model, text: string) =>
    calls.filter(({ request }) => request.body.toString().includes(text)).length;
  return {
    ...cloud,
    faults,
    modelCalls: (text) => about(model, text),
    voiceCalls: (text) => about(voice, text),
    async recover(restartedAt) {
      const event = { everything: true, abandoned_before: new Date(restartedAt).toISOString() };
      const result = await cloud.invoke('reconcile-jobs', event);
      if (result.status !== 'succeeded') throw new Error(`The reconciler ended ${JSON.stringify(result)}`);
    },
  };
}
