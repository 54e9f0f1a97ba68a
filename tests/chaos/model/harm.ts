import type { Fault } from '../../../infra/local/faults/call.ts';
import { refuse, throttle } from '../../../infra/local/faults/faults.ts';
import type { Kind, Trouble } from '../../support/any-order/job-system.ts';
import type { ModelledCloud } from './modelled-cloud.ts';
import { recipientsOf } from './submissions.ts';

/** The calls of Bedrock and Polly that their client makes before it gives one up. */
const SDK_TRIES = 2;

const answers: Readonly<Record<Trouble, () => Fault>> = {
  transient: () => refuse('ServiceUnavailableException', 503),
  permanent: () => refuse('ValidationException', 400),
  throttled: () => throttle(1),
};

const messageTroubles = { transient: 'unavailable', permanent: 'refused', throttled: 'throttled' } as const;

/** A lost connection after the act is the worst of them; no failure of the provider is permanent, so that one only comes before the act. */
const providerFaults = {
  transient: { how: 'reset', moment: 'after' },
  permanent: { how: 'fail', moment: 'before' },
  throttled: { how: 'throttle', moment: 'before' },
} as const;

const bookingActs = ['stripe.confirm', 'partner.reserve', 'stripe.capture'] as const;

/** What is done to a cloud so that things go wrong in it, and whether that has left work undone. */
export class Harm {
  readonly #cloud: ModelledCloud;
  #troubles = 0;
  #hasKilled = false;

  constructor(cloud: ModelledCloud) {
    this.#cloud = cloud;
  }

  /** Whether any worker was killed: the job in its hands waits for a lease that runs out. */
  get hasKilled(): boolean {
    return this.#hasKilled;
  }

  /** The next time that somebody is asked something for the job of that name, it goes wrong so. */
  upset(kind: Kind, name: string, trouble: Trouble): void {
    const { faults, providers, messages } = this.#cloud;
    this.#troubles += 1;
    const fault = answers[trouble]();
    switch (kind) {
      case 'narration':
        faults.inject({ service: 'polly', about: name, times: SDK_TRIES, fault });
        break;
      case 'story':
      case 'narrated story':
      case 'batch':
        faults.inject({ service: 'bedrock', about: name, times: SDK_TRIES, fault });
        break;
      case 'notification':
        messages.trouble(recipientsOf(name)[this.#troubles % 2] ?? '', messageTroubles[trouble], 1);
        break;
      case 'booking': {
        const operation = bookingActs[this.#troubles % bookingActs.length] ?? bookingActs[0];
        providers.addFault({ operation, times: 1, ...providerFaults[trouble] });
        break;
      }
      case 'probe': // asks nobody
        break;
    }
  }

  /** The worker that makes the `call`th of the next calls of DynamoDB about the job dies: before it is carried out if that is even, else after. */
  killWorker(id: string, call: number): void {
    let calls = 0;
    const { faults } = this.#cloud;
    faults.inject({
      service: 'dynamodb',
      about: id,
      fault: async ({ sandbox }, carryOut) => {
        if (!sandbox?.startsWith('process-')) return carryOut();
        calls += 1;
        if (calls !== call) return carryOut();
        if (call % 2 === 1) await carryOut();
        this.#hasKilled = true;
        await faults.sandboxes.kill(sandbox);
        throw new Error('The caller is dead');
      },
    });
  }

  /** Every worker dies at once. */
  async killWorkers(): Promise<void> {
    this.#hasKilled = true;
    await this.#cloud.faults.sandboxes.killAll('process-');
  }

  /** Nothing goes wrong any more. */
  end(): void {
    this.#cloud.faults.clear();
  }
}
