import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runSoak } from '../../tests/chaos/soak/run-soak.ts';
import { printFigures } from '../../tests/performance/figures.ts';
import { isolationFigures } from '../../tests/performance/isolation.ts';
import { CommandError, onStopSignal, runCommand } from './command-line.ts';
import { prepareLocalStage } from './local-stage.ts';

const defaultJobs = '300';

const usage = `Usage: npm run chaos -- [options]

Sends mixed jobs through a local cloud in which 5 % of the calls to model, voice, payment provider and partner fail, workers are killed,
messages come twice and DynamoDB throttles; kills the whole cloud twice on the way; and prints what became of every job. Ends with 1 if one
was lost, stuck, or done twice, and keeps the records and logs then.

  --jobs <number>       how many (${defaultJobs}: about 3 minutes)
  --isolation <number>  instead: how long bookings and stories wait for a worker while so many analytics jobs are worked off and another owner
                        floods the service with stories, as a ratio to an idle service
  --help                this text`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: defaultJobs },
      isolation: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const jobs = readCount('--jobs', values.jobs);
  if (values.isolation !== undefined) return measureIsolation(readCount('--isolation', values.isolation));
  const stop = new AbortController();
  onStopSignal(() => stop.abort(new CommandError('Stopped: nothing is proved.', { exitCode: 130 })));
  await prepareLocalStage(console.error);
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'roadtrip-chaos-'));
  const isBroken = await soak(jobs, dataFolder, stop.signal).catch((error: unknown) => {
    if (stop.signal.aborted) rmSync(dataFolder, { recursive: true });
    else console.error(`Records and logs: ${dataFolder}`);
    throw error;
  });
  if (isBroken) throw new CommandError(`Records and logs: ${dataFolder}`);
  rmSync(dataFolder, { recursive: true });
});

async function measureIsolation(analyticsJobs: number): Promise<void> {
  await prepareLocalStage(console.error);
  printFigures(await isolationFigures(analyticsJobs, console.error));
}

/** Whether a promise was broken. */
async function soak(jobs: number, dataFolder: string, stop: AbortSignal): Promise<boolean> {
  const startedAt = performance.now();
  const { lines, broken } = await runSoak(jobs, dataFolder, { print: console.error, stop });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(lines.map(([what, count]) => `${what.padEnd(46)}${String(count).padStart(10)}`).join('\n'));
  console.log(`\n${jobs} jobs in ${minutes} minutes`);
  if (broken.length > 0) console.error(`\nBroken promises:\n${broken.join('\n')}`);
  return broken.length > 0;
}

function readCount(option: string, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 999_999) return count;
  throw new CommandError(`${option} ${text}: give a number from 1 to 999999.`, { exitCode: 2 });
}
