import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Happening, happening, happenings, pick, settled } from '../../support/any-order/happenings.ts';
import { newJob, newModel } from '../../support/any-order/job-model.ts';
import { JobScene, Outage } from '../../support/job-scene.ts';
import type { Ending } from '../../support/processor-endings.ts';
import { aStoredStory } from '../../support/stored-story.ts';

/**
 * Whatever happens in whatever order, the promises of the service hold: tests/support/any-order/job-model.ts says what can be seen of them from
 * outside, as of the whole service (`npm run chaos -- --model`); tests/support/job-invariants.ts checks each write here, tests/support/job-scene.ts
 * each run, and at the end every accepted job has ended.
 */

/** Something that only happens here, where time, messages and workers can be held in the hand. */
function hereOnly(name: string, run: (scene: JobScene) => Promise<unknown>): Happening<JobScene> {
  return happening(name, async (scene: JobScene, model) => {
    model.disturbed = true;
    await run(scene);
    scene.checkPromises();
  });
}

const known = {
  'the text': { result: aStoredStory(), next: 'narrate' },
  everything: { result: aStoredStory() },
} as const;

const knownStories = fc.constantFrom('the text', 'everything').map((what) =>
  happening(`submit a story of which ${what} is known`, async (scene: JobScene, model) => {
    const id = await scene.submitKnown(known[what]).catch(unlessOutage);
    if (id !== undefined) model.jobs.set(id, newJob(id));
    return id;
  }),
);

const endings = fc.constantFrom<Ending>('success', 'success', 'transient', 'permanent', 'throttled', 'awaiting');
const runs = fc.oneof(endings, fc.constant('suspended' as const));

const delivered = runs.map((ending) =>
  hereOnly(`deliver, ${ending}`, async (scene) => {
    const next = scene.world.queues.receive();
    if (next) await scene.deliver(next.message, ending);
  }),
);

const finishes = fc.tuple(fc.nat(30), endings).map(([at, ending]) =>
  hereOnly(`finish attempt ${at}, ${ending}`, async (scene) => {
    const run = pick(scene.running, at);
    if (run) await scene.finish(run, ending);
  }),
);

const waits = fc.constantFrom(1, 5, 30, 61, 105, 600, 1_900, 4_000).map((seconds) =>
  hereOnly(`${seconds} s pass`, async (scene) => {
    scene.world.time += seconds * 1_000;
  }),
);

const crashes = fc.constant(
  hereOnly('a worker claims and dies', async (scene) => {
    const next = scene.world.queues.receive();
    if (next) await scene.crash(next.message).catch(unlessOutage);
  }),
);

const losses = fc.constant(
  hereOnly('a message is lost', async (scene) => {
    scene.world.queues.receive();
  }),
);

const outages = fc.constantFrom('SQS', 'DynamoDB').map((service) =>
  hereOnly(`the next call of ${service} fails`, async ({ world }) => {
    const failOnce = () => {
      world.queues.fault = () => {};
      world.store.fault = () => {};
      throw new Outage(service);
    };
    if (service === 'SQS') world.queues.fault = failOnce;
    else world.store.fault = (operation) => operation === 'apply' && failOnce();
  }),
);

const times = { delays: [0, 0, 0, 30, 1_200, 7_200], expiries: [undefined, undefined, 60, 600, 3_000] };

const { submits, others } = happenings(times);

const hereOnlyOnes = [
  delivered,
  delivered,
  delivered,
  delivered,
  knownStories,
  finishes,
  waits,
  waits,
  crashes,
  losses,
  outages,
];

const orders = fc.commands([submits, ...others, ...hereOnlyOnes], { maxCommands: 80, size: 'max' });

function unlessOutage(error: unknown): undefined {
  if (!(error instanceof Outage)) throw error;
}

it('every accepted job ends exactly once, whatever happens in whatever order', async () => {
  const ended = new Map<string, number>();
  const property = fc.asyncProperty(orders, async (order) => {
    const [model, scene] = [newModel(), new JobScene()];
    await fc.asyncModelRun(() => ({ model, real: scene }), order);
    for (const { status } of await settled(scene, model)) ended.set(status, (ended.get(status) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: 10_000 });
  expect([...ended.keys()].toSorted(), 'the runs have not seen every end').toEqual([
    'cancelled',
    'completed',
    'expired',
    'failed',
  ]);
}, 180_000);
