import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PermanentError, TransientError } from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { requestCancel } from '../../../shared/domain/transitions.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import type { Effect, TakingBack } from '../../../shared/jobs/effect.ts';
import { acceptedAt, acceptedJob } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

const Charge = z.object({ charge: z.string() });
type Charge = z.infer<typeof Charge>;

let world: JobWorld;
let job: Job;
/** Keys the provider was asked to act for, in order; `!` before a key that was taken back. */
let asked: string[];
beforeEach(() => {
  world = new JobWorld();
  job = world.store.place(acceptedJob());
  asked = [];
});

const head = () => world.store.head(job.id);
const deliver = () => world.deliverTo(job);

function charging(fields: Partial<Effect<Charge>> = {}): Effect<Charge> {
  return {
    outcome: Charge,
    message: 'Charging',
    takenBack: true,
    onUnknown: { repeat: true },
    act: async (key) => {
      asked.push(key);
      return { charge: 'ch_1' };
    },
    ...fields,
  };
}

const refunding: TakingBack<Charge> = {
  outcome: Charge,
  lookUp: async () => ({ charge: 'ch_1' }),
  act: async (_, key) => void asked.push(`!${key}`),
};

/** What a provider does that carries the act out and whose answer is lost. */
const lostAnswer = async (key: string): Promise<Charge> => {
  asked.push(key);
  throw new TransientError('internal_error', 'no answer');
};

const refusal = async (key: string): Promise<Charge> => {
  asked.push(key);
  throw new PermanentError('content_filtered', 'declined');
};

/** Charges so, then ends in the given way; takes the charge back when it comes to that. */
function chargeThen(effect: Effect<Charge>, ending: () => Promise<unknown>): void {
  world.perform = async ({ once, takeBack, result }, step) => {
    if (step === 'undo') await takeBack('charge', refunding);
    else await once('charge', effect).then(ending);
    return { result: result ?? { made: true } };
  };
}

const fails = async () => {
  throw new PermanentError('content_filtered', 'no');
};
const stumbles = async () => {
  throw new TransientError('internal_error', 'oh');
};
const succeeds = async () => undefined;

describe('an act of a job', () => {
  it('is on the record, with what the traveller reads, before it is done', async () => {
    const seen: unknown[] = [];
    const act = async () => {
      seen.push(head());
      return { charge: 'ch_1' };
    };
    chargeThen(charging({ act }), succeeds);
    await deliver();
    expect(seen).toMatchObject([{ effects: { charge: { state: 'begun', generation: 1 } }, message: 'Charging' }]);
    expect(head().effects).toMatchObject({ charge: { state: 'done', outcome: '{"charge":"ch_1"}' } });
  });

  it('costs one write of its own: what came of it goes with the next', async () => {
    chargeThen(charging(), succeeds);
    await deliver();
    expect(world.store.written).toEqual(['claim', 'begin_effect', 'complete']);
  });

  it('is not done again by the attempts that follow, which learn what came of it', async () => {
    const outcomes: unknown[] = [];
    world.perform = async ({ once }) => {
      outcomes.push(await once('charge', charging()));
      throw new TransientError('internal_error', 'oh');
    };
    await deliver();
    world.time += 60_000;
    await deliver();
    expect(asked).toEqual([`${job.id}:charge:1`]);
    expect(outcomes).toEqual([{ charge: 'ch_1' }, { charge: 'ch_1' }]);
  });

  it('is not begun once the owner has asked the job to stop', async () => {
    world.perform = async ({ once }) => {
      await world.store.apply(requestCancel(head(), acceptedAt));
      await once('charge', charging());
      return { result: {} };
    };
    await deliver();
    expect(asked).toEqual([]);
    expect(head().status).toBe('cancelled');
  });

  it('may not be done beside another, which the record would forget', async () => {
    world.perform = async ({ once }) => {
      await Promise.all([once('charge', charging()), once('again', charging())]);
      return { result: {} };
    };
    await deliver();
    expect(head().status).toBe('retrying');
  });
});

describe('an act of which nobody knows whether it happened', () => {
  const unknownThen = async (onUnknown: Effect<Charge>['onUnknown']) => {
    chargeThen(charging({ act: lostAnswer }), succeeds);
    await deliver();
    world.time += 60_000;
    chargeThen(charging({ onUnknown }), succeeds);
    await deliver();
    return head();
  };

  it('is looked up, and not repeated if it happened', async () => {
    const after = await unknownThen({ lookUp: async () => ({ charge: 'ch_0' }) });
    expect(asked).toHaveLength(1);
    expect(after).toMatchObject({ status: 'completed', effects: { charge: { outcome: '{"charge":"ch_0"}' } } });
  });

  it('is done again with the same key if it did not happen', async () => {
    await unknownThen({ lookUp: async () => undefined });
    expect(asked).toEqual([`${job.id}:charge:1`, `${job.id}:charge:1`]);
  });

  it('is repeated with the same key where that is as good', async () => {
    await unknownThen({ repeat: true });
    expect(asked).toEqual([`${job.id}:charge:1`, `${job.id}:charge:1`]);
  });

  it('is taken for done where repeating it would be worse', async () => {
    const after = await unknownThen({ assume: { charge: 'sent' } });
    expect(asked).toHaveLength(1);
    expect(after.effects?.charge?.outcome).toBe('{"charge":"sent"}');
  });
});

describe('a job that fails after an act', () => {
  it('takes the act back first, then ends as failed at the step it was at, and may be tried anew', async () => {
    chargeThen(charging(), fails);
    await deliver();
    expect(head()).toMatchObject({ status: 'processing', step: 'undo', intended_end: { status: 'failed' } });
    expect(world.queues.sent.at(-1)?.message.visit).toBe(2);
    await deliver();
    expect(asked).toEqual([`${job.id}:charge:1`, `!${job.id}:charge:1:undo`]);
    expect(head()).toMatchObject({ status: 'failed', step: 'write', dead: 'ai_generation' });
    expect(head().intended_end).toBeUndefined();
  });

  it('tries to take it back for as long as it takes, whatever its limits', async () => {
    chargeThen(charging(), fails);
    await deliver();
    const refund = world.perform;
    world.perform = async () => {
      throw new TransientError('internal_error', 'nobody answers');
    };
    for (let attempt = 0; attempt < 12; attempt++) {
      world.time += 4_000_000;
      await deliver();
      expect(head().status).toBe('retrying');
    }
    world.perform = refund;
    world.time += 4_000_000;
    await deliver();
    expect(head().status).toBe('failed');
  });

  it('has nothing to take back if the act was refused', async () => {
    chargeThen(charging({ act: refusal }), succeeds);
    await deliver();
    expect(head()).toMatchObject({ status: 'failed', effects: { charge: { state: 'refused' } } });
  });

  it('has nothing to take back if the act is one that stays', async () => {
    chargeThen(charging({ takenBack: false }), fails);
    await deliver();
    expect(head().status).toBe('failed');
  });

  it('does the act under a new key in another life', async () => {
    chargeThen(charging(), fails);
    await deliver();
    await deliver();
    world.store.place({ ...acceptedJob({ id: job.id, visit: 9 }), effects: head().effects ?? {} });
    chargeThen(charging(), succeeds);
    await deliver();
    expect(asked.at(-1)).toBe(`${job.id}:charge:2`);
  });
});

describe('a job whose owner cancels it after an act', () => {
  it('is undone at once if nobody runs it, then cancelled', async () => {
    chargeThen(charging(), stumbles);
    await deliver();
    expect(await cancelJob(head(), world)).toMatchObject({ kind: 'requested' });
    await deliver();
    expect(head()).toMatchObject({ status: 'cancelled', effects: { charge: { state: 'taken_back' } } });
  });

  it('is told that it cannot be, once there is no way back, and completes', async () => {
    chargeThen(charging({ commits: true, act: lostAnswer }), succeeds);
    await deliver();
    expect(await cancelJob(head(), world)).toMatchObject({ kind: 'beyond_recall' });
    world.time += 100_000_000;
    chargeThen(charging({ commits: true }), succeeds);
    await deliver();
    expect(head().status).toBe('completed');
  });
});

it('a commitment that is refused is void: the job fails, and takes back what it did before', async () => {
  world.perform = async ({ once, takeBack, result }, step) => {
    if (step === 'undo') await takeBack('charge', refunding);
    else {
      await once('charge', charging());
      await once('capture', charging({ commits: true, act: refusal }));
    }
    return { result: result ?? {} };
  };
  await deliver();
  expect(head()).toMatchObject({ step: 'undo', intended_end: { status: 'failed' } });
  expect(head().committed_at).toBeUndefined();
  await deliver();
  expect(head().status).toBe('failed');
});

it('a processor that leaves something to be taken back is tried again', async () => {
  chargeThen(charging(), fails);
  await deliver();
  world.perform = async ({ result }) => ({ result });
  await deliver();
  expect(head()).toMatchObject({ status: 'retrying', step: 'undo' });
});
