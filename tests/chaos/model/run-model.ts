import fc from 'fast-check';
import { type Happening, happening, happenings, pick, settled } from '../../support/any-order/happenings.ts';
import { newModel } from '../../support/any-order/job-model.ts';
import { CloudSystem } from './cloud-system.ts';
import { type ModelledCloud, startModelledCloud } from './modelled-cloud.ts';

export interface ModelRuns {
  readonly runs: number;
  readonly seed: number;
  /** Only this one of the runs, counted from 0. */
  readonly only?: number;
  readonly print: (line: string) => void;
  readonly stop?: AbortSignal;
}

export interface ModelReport {
  /** How many jobs ended in which way. */
  readonly ended: ReadonlyMap<string, number>;
  /** The seed, the run, what happened in it, shortened as far as possible, and what was broken; undefined if every promise was kept. */
  readonly broken: string | undefined;
}

const mostHappenings = 24;

/** A failing order is made shorter for so long, milliseconds. What it shows may depend on timing, so that shorter ones fail less surely. */
const shrinkingMs = 180_000;

/** Seconds; a late job is one that expires before it may start. */
const times = { delays: [0, 0, 0, 0, 1, 2], expiries: [undefined, undefined, undefined, undefined, 1, 3] };

const pauses = fc.nat(30).map((at) =>
  happening(`until job ${at} has moved`, async (system: CloudSystem) => {
    const id = pick(system.ids(), at);
    if (id !== undefined) await system.untilMoved(id);
    return id;
  }),
);

/**
 * Has things happen in random order to the whole service, an owner of its own for each run, and compares what can be seen of it with the model
 * that the unit test of the same orders uses. Ends at the first run that breaks a promise. Rejects once `stop` is aborted.
 */
export async function runModel(dataFolder: string, options: ModelRuns): Promise<ModelReport> {
  await using cloud = await startModelledCloud(dataFolder);
  const ended = new Map<string, number>();
  const { submits, others } = happenings(times);
  const often = [submits, submits, submits, submits, submits, submits, pauses, pauses, pauses];
  const orders = fc.commands([...often, ...others], {
    maxCommands: mostHappenings,
    size: 'max',
  });
  let done = 0;
  let failedAt: number | undefined;
  const property = fc.asyncProperty(orders, async (order) => {
    options.stop?.throwIfAborted();
    if (failedAt !== undefined && Date.now() - failedAt > shrinkingMs) return;
    try {
      await oneRun(`owner-${String(done).padStart(5, '0')}`, order, cloud, ended);
    } catch (error) {
      failedAt ??= Date.now();
      throw error;
    } finally {
      done += 1;
      if (failedAt === undefined && done % 10 === 0) options.print(`${done} of ${options.runs} runs`);
    }
  });
  const details = await fc.check(property, parametersOf(options));
  options.stop?.throwIfAborted();
  return { ended, broken: details.failed ? describe(details, options) : undefined };
}

type Order = Iterable<Happening<CloudSystem>>;

async function oneRun(owner: string, order: Order, cloud: ModelledCloud, ended: Map<string, number>): Promise<void> {
  const [model, system] = [newModel(), new CloudSystem(cloud, owner)];
  try {
    await fc.asyncModelRun(() => ({ model, real: system }), order);
    for (const { status } of await settled(system, model)) ended.set(status, (ended.get(status) ?? 0) + 1);
  } finally {
    cloud.faults.clear();
  }
}

function parametersOf({ runs, seed, only }: ModelRuns): fc.Parameters<[Order]> {
  if (only === undefined) return { seed, numRuns: runs };
  return { seed, path: String(only), numRuns: 1 };
}

function describe(
  { counterexamplePath, counterexample, errorInstance }: fc.RunDetails<[Order]>,
  { seed }: ModelRuns,
): string {
  const run = counterexamplePath?.split(':')[0];
  const order = [...(counterexample?.[0] ?? [])].map(String);
  return [
    `--seed ${seed} --run ${run} (path ${counterexamplePath})`,
    ...order.map((what) => `  ${what}`),
    String(errorInstance),
  ].join('\n');
}
