import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type ModelReport, type ModelRuns, runModel } from '../../tests/chaos/model/run-model.ts';
import { runSoak } from '../../tests/chaos/soak/run-soak.ts';
import { printFigures } from '../../tests/performance/figures.ts';
import { isolationFigures } from '../../tests/performance/isolation.ts';
import { showLedger, withData } from './chaos-report.ts';
import { CommandError, onStopSignal, runCommand } from './command-line.ts';
import { prepareLocalStage } from './local-stage.ts';

const defaultJobs = '300';

/** fast-check takes whole numbers of 32 bits. */
const largestSeed = 2 ** 31 - 1;

const usage = `Usage: npm run chaos -- [options]

Sends mixed jobs through a local cloud in which 5 % of the calls to model, voice, payment provider and partner fail, workers are killed,
messages come twice and DynamoDB throttles; kills the whole cloud twice on the way; and prints what became of every job. Ends with 1 if one
was lost, stuck, or done twice, and keeps the records and logs then.

  --jobs <number>       how many (${defaultJobs}: about 3 minutes)
  --isolation <number>  instead: how long bookings and stories wait for a worker while so many analytics jobs are worked off and another owner
                        floods the service with stories, as a ratio to an idle service
  --model <number>      instead: so many runs in which things happen in random order (submits, cancels, retries, redrives, messages that come
                        twice, killed workers, failures of others), each compared with a model of what is promised; ends with 1 at the first
                        one that differs, and prints the shortest order that does (200: about 15 minutes)
  --seed <number>       with --model: the same orders again
  --run <number>        with --seed: only that run
  --help                this text`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: defaultJobs },
      isolation: { type: 'string' },
      model: { type: 'string' },
      seed: { type: 'string' },
      run: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const { isolation, model, seed, run } = values;
  if (seed !== undefined && model === undefined) throw new CommandError('--seed needs --model.', { exitCode: 2 });
  if (run !== undefined && seed === undefined) throw new CommandError('--run needs --seed.', { exitCode: 2 });
  const jobs = readCount('--jobs', values.jobs);
  if (isolation !== undefined) return measureIsolation(readCount('--isolation', isolation));
  const asked = model === undefined ? undefined : readModelRuns({ model, seed, run });
  const stop = new AbortController();
  onStopSignal(() => stop.abort(new CommandError('Stopped: nothing is proved.', { exitCode: 130 })));
  await prepareLocalStage(console.error);
  await withData(stop.signal, (dataFolder) =>
    asked ? followModel(asked, dataFolder, stop.signal) : soak(jobs, dataFolder, stop.signal),
  );
});

async function measureIsolation(analyticsJobs: number): Promise<void> {
  await prepareLocalStage(console.error);
  printFigures(await isolationFigures(analyticsJobs, console.error));
}

type Asked = Pick<ModelRuns, 'runs' | 'seed' | 'only'>;

function readModelRuns(texts: { model: string; seed: string | undefined; run: string | undefined }): Asked {
  const { model, seed, run } = texts;
  return {
    runs: readCount('--model', model),
    seed: seed === undefined ? randomInt(largestSeed) : readNumber('--seed', seed, 0, largestSeed),
    ...(run !== undefined && { only: readNumber('--run', run, 0, 999_999) }),
  };
}

/** Whether a run differed from the model. */
async function followModel(asked: Asked, dataFolder: string, stop: AbortSignal): Promise<boolean> {
  const startedAt = performance.now();
  console.error(`Seed ${asked.seed}`);
  const report = await runModel(dataFolder, { ...asked, print: console.error, stop });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(`${endsOf(report)}\n${asked.only === undefined ? asked.runs : 1} runs in ${minutes} minutes`);
  if (report.broken !== undefined) console.error(`\nBroken promises:\n${report.broken}`);
  return report.broken !== undefined;
}

function endsOf({ ended }: ModelReport): string {
  return [...ended].map(([status, count]) => `${status.padEnd(46)}${String(count).padStart(10)}`).join('\n');
}

/** Whether a promise was broken. */
async function soak(jobs: number, dataFolder: string, stop: AbortSignal): Promise<boolean> {
  const startedAt = performance.now();
  const ledger = await runSoak(jobs, dataFolder, { print: console.error, stop });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.error(`${jobs} jobs in ${minutes} minutes`);
  return showLedger(ledger);
}

function readCount(option: string, text: string): number {
  return readNumber(option, text, 1, 999_999);
}

function readNumber(option: string, text: string, least: number, most: number): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= least && count <= most) return count;
  throw new CommandError(`${option} ${text}: give a number from ${least} to ${most}.`, { exitCode: 2 });
}
