import type { Call } from '../../../infra/local/faults/call.ts';
import type { DoneOutside } from '../../support/any-order/job-model.ts';
import type { Kind } from '../../support/any-order/job-system.ts';
import { moneyOf, reservationsOf } from '../../support/booking-scene.ts';
import { type FaultyCloud, startFaultyCloud } from '../../support/faulty-cloud.ts';
import { recipientsOf } from './submissions.ts';

/** A cloud that can be harmed, and whose outside services tell what they were made to do. */
export interface ModelledCloud extends FaultyCloud {
  /** Every message that was sent to a queue, in order. */
  readonly messagesSent: readonly Call[];
  /** What was done for the job of that name, by the books of those who did it. */
  doneFor(id: string, kind: Kind, name: string): DoneOutside;
}

/** The voice is asked twice for a short text: for its sound, and for the times of its words. */
const CALLS_OF_A_NARRATION = 2;

export async function startModelledCloud(dataFolder: string): Promise<ModelledCloud> {
  const cloud = await startFaultyCloud({ dataFolder });
  const messagesSent = cloud.faults.watch({ service: 'sqs', operation: 'SendMessage' });
  return { ...cloud, messagesSent, doneFor: (id, kind, name) => doneFor(id, kind, name, cloud) };
}

function doneFor(id: string, kind: Kind, name: string, cloud: FaultyCloud): DoneOutside {
  const nothing = { asked: 0, acts: {}, allOrNothing: false };
  switch (kind) {
    case 'story':
    case 'narrated story':
      return { ...nothing, asked: cloud.modelCalls(name) };
    case 'narration':
      return { ...nothing, asked: Math.ceil(cloud.voiceCalls(name) / CALLS_OF_A_NARRATION) };
    case 'booking':
      return { ...nothing, acts: actsOfBooking(id, cloud), allOrNothing: true };
    case 'notification':
      return { ...nothing, acts: mailsOf(name, cloud) };
    case 'batch':
    case 'probe':
      return nothing;
  }
}

/** What is in force: money held or taken, money taken, a table. */
function actsOfBooking(id: string, cloud: FaultyCloud): DoneOutside['acts'] {
  const { held, taken, refunds } = moneyOf(cloud, id);
  const table = reservationsOf(cloud, id).filter((status) => status === 'confirmed').length;
  return { money: held + taken - refunds, capture: taken - refunds, table };
}

function mailsOf(name: string, { messages }: FaultyCloud): DoneOutside['acts'] {
  const all = messages.all();
  return Object.fromEntries(
    recipientsOf(name).map((address) => [address, all.filter(({ to }) => to === address).length]),
  );
}
