import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobType } from '../../../shared/catalog/job-types.ts';
import type { Submit } from '../../../shared/jobs/submit-job.ts';
import { newId } from '../../support/job-builder.ts';
import { JobScene } from '../../support/job-scene.ts';
import type { Ending } from '../../support/processor-endings.ts';
import { aStoredStory } from '../../support/stored-story.ts';

/**
 * Whatever happens in whatever order, the promises of the service hold: tests/support/job-invariants.ts checks them at each write,
 * tests/support/job-scene.ts at each run, and at the end every accepted job has ended.
 */

/** One thing that happens. It skips itself when there is nothing it could happen to. */
type Happening = fc.AsyncCommand<object, JobScene>;

function happening(name: string, run: (scene: JobScene) => Promise<unknown>): Happening {
  return {
    check: () => true,
    run: async (_, scene) => {
      await run(scene).catch(unlessOutage);
      scene.checkPromises();
    },
    toString: () => name,
  };
}

/** A call that failed because a service was out of reach: its caller is told, and nothing else follows. */
class Outage extends Error {
  override readonly name = 'Outage';
}

function unlessOutage(error: unknown): void {
  if (!(error instanceof Outage)) throw error;
}

/** The item at an index that is taken modulo the length. */
const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(1, items.length)];

const inputs: Readonly<Partial<Record<JobType, unknown>>> = {
  generate_story: { location: { latitude: 35.17, longitude: -103.72 }, include_voice: true },
  synthesize_voice: { text: 'Tucumcari' },
  process_image: { upload_key: 'uploads/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7' },
  pregenerate_stories: { routes: [{ origin: 'Tucumcari', destination: 'Amarillo' }] },
  probe: {},
};

const headStarts: Readonly<Record<string, Pick<Submit, 'headStart'>>> = {
  'the text': { headStart: { result: aStoredStory(), next: 'narrate' } },
  everything: { headStart: { result: aStoredStory() } },
};

const types: JobType[] = [
  'generate_story',
  'synthesize_voice',
  'synthesize_voice',
  'probe',
  'pregenerate_stories',
  'pregenerate_stories',
];

const submits = fc
  .record({
    type: fc.constantFrom(...types),
    priority: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
    delaySeconds: fc.constantFrom(0, 0, 0, 30, 1_200, 7_200),
    expiresIn: fc.option(fc.integer({ min: 60, max: 3_000 }), { nil: undefined }),
    key: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    known: fc.constantFrom('nothing', 'nothing', 'the text', 'everything'),
  })
  .map(({ type, priority, delaySeconds, expiresIn, key, known }) =>
    happening(`submit ${type} ${JSON.stringify({ priority, delaySeconds, expiresIn, key, known })}`, (scene) =>
      scene.submit({
        id: newId(),
        type,
        owner: 'traveller',
        input: inputs[type],
        options: {
          ...(priority !== undefined && { priority }),
          ...(expiresIn !== undefined && { expiresIn }),
          ...(delaySeconds > 0 && { notBefore: scene.world.time + delaySeconds * 1_000 }),
        },
        ...(type === 'generate_story' && delaySeconds === 0 && headStarts[known]),
        ...(key !== undefined && { idempotency: { route: '/jobs', key, fingerprint: type } }),
      }),
    ),
  );

const endings = fc.constantFrom<Ending>('success', 'success', 'transient', 'permanent', 'throttled', 'awaiting');
const runs = fc.oneof(endings, fc.constant('suspended' as const));
const index = fc.nat(30);

const delivered = runs.map((ending) =>
  happening(`deliver, ${ending}`, async (scene) => {
    const next = scene.world.queues.receive();
    if (next) await scene.deliver(next.message, ending);
  }),
);

const deliveredAgain = fc.tuple(index, runs).map(([at, ending]) =>
  happening(`deliver message ${at} again, ${ending}`, async (scene) => {
    const sent = pick(scene.world.queues.sent, at);
    if (sent) await scene.deliver(sent.message, ending);
  }),
);

const deadLetters = index.map((at) =>
  happening(`dead-letter message ${at}`, async (scene) => {
    const sent = pick(scene.world.queues.sent, at);
    if (sent) await scene.bury(sent.message);
  }),
);

const finishes = fc.tuple(index, endings).map(([at, ending]) =>
  happening(`finish attempt ${at}, ${ending}`, async (scene) => {
    const run = pick(scene.running, at);
    if (run) await scene.finish(run, ending);
  }),
);

const cancels = index.map((at) =>
  happening(`cancel job ${at}`, async (scene) => {
    const id = pick([...scene.world.store.heads.keys()], at);
    if (id !== undefined) await scene.cancel(id);
  }),
);

const redrives = index.map((at) =>
  happening(`redrive job ${at}`, async (scene) => {
    const id = pick([...scene.world.store.heads.keys()], at);
    if (id !== undefined) await scene.redrive(id);
  }),
);

const waits = fc.constantFrom(1, 5, 30, 61, 105, 600, 1_900, 4_000).map((seconds) =>
  happening(`${seconds} s pass`, async (scene) => {
    scene.world.time += seconds * 1_000;
  }),
);

const crashes = fc.constant(
  happening('a worker claims and dies', async (scene) => {
    const next = scene.world.queues.receive();
    if (next) await scene.crash(next.message);
  }),
);

const deaths = fc.integer({ min: 2, max: 14 }).map((operation) =>
  happening(`a worker dies at its call ${operation} of the store`, async (scene) => {
    const next = scene.world.queues.receive();
    if (next) await scene.dieAt(operation, next.message);
  }),
);

const losses = fc.constant(
  happening('a message is lost', async (scene) => {
    scene.world.queues.receive();
  }),
);

const outages = fc.constantFrom('SQS', 'DynamoDB').map((service) =>
  happening(`the next call of ${service} fails`, async ({ world }) => {
    const failOnce = () => {
      world.queues.fault = () => {};
      world.store.fault = () => {};
      throw new Outage(service);
    };
    if (service === 'SQS') world.queues.fault = failOnce;
    else world.store.fault = (operation) => operation === 'apply' && failOnce();
  }),
);

const repairs = fc.constantFrom(
  happening('reconcile', (scene) => scene.reconcile()),
  happening('reconcile', (scene) => scene.reconcile()),
  happening('restart everything', (scene) => scene.restart()),
);

const happenings = fc.commands(
  [
    submits,
    delivered,
    delivered,
    delivered,
    deliveredAgain,
    deadLetters,
    finishes,
    cancels,
    redrives,
    waits,
    waits,
    crashes,
    deaths,
    losses,
    outages,
    repairs,
  ],
  { maxCommands: 80, size: 'max' },
);

it('every accepted job ends exactly once, whatever happens in whatever order', async () => {
  const ended = new Map<string, number>();
  const property = fc.asyncProperty(happenings, async (commands) => {
    const scene = new JobScene();
    await fc.asyncModelRun(() => ({ model: {}, real: scene }), commands);
    await scene.settleDown();
    for (const { status } of scene.world.store.heads.values()) ended.set(status, (ended.get(status) ?? 0) + 1);
  });
  await fc.assert(property, { numRuns: 10_000 });
  expect([...ended.keys()].toSorted(), 'the runs have not seen every end').toEqual([
    'cancelled',
    'completed',
    'expired',
    'failed',
  ]);
}, 180_000);
