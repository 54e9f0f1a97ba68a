import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from './command-line.ts';

const root = path.resolve(import.meta.dirname, '../..');
const inRoot = (...names: string[]) => names.map((name) => path.join(root, name));

/** The synthesized `local` stage. */
export const localStageFolder = path.join(root, 'dist/cdk.out.local');

/** What each result is made from, and by which script. The time of its stamp is when the making began. */
const steps = {
  build: {
    title: 'Building',
    makes: path.join(root, 'dist/functions'),
    stamp: path.join(root, 'dist/built'),
    madeFrom: inRoot('functions', 'shared', 'infra/build', 'package-lock.json'),
    script: 'infra/build/build.ts',
  },
  synth: {
    title: 'Synthesizing the local stage',
    makes: localStageFolder,
    stamp: path.join(localStageFolder, 'synthesized'),
    madeFrom: inRoot(
      'dist/built',
      'infra/commands/synthesize-local-stage.ts',
      'infra/stages.ts',
      'infra/stacks',
      'infra/constructs',
      'cdk.json',
    ),
    script: 'infra/commands/synthesize-local-stage.ts',
  },
} as const;

export interface StepTimes {
  /** Milliseconds; 0 if the result was still fresh. */
  readonly build: number;
  readonly synth: number;
}

/** Builds and synthesizes what is stale. Rejects with CommandError that holds the output of a step that failed. */
export async function prepareLocalStage(report: (line: string) => void): Promise<StepTimes> {
  const build = await perform(steps.build, report);
  return { build, synth: await perform(steps.synth, report) };
}

type Step = (typeof steps)[keyof typeof steps];

async function perform(step: Step, report: (line: string) => void): Promise<number> {
  if (isFresh(step)) return 0;
  const startedAt = new Date();
  report(`${step.title} …`);
  await run(step.script);
  writeFileSync(step.stamp, '');
  utimesSync(step.stamp, startedAt, startedAt);
  return Date.now() - startedAt.getTime();
}

function isFresh({ makes, stamp, madeFrom }: Step): boolean {
  const madeAt = existsSync(makes) ? changedAt(stamp) : 0;
  return madeAt > 0 && madeFrom.every((source) => newestChange(source) <= madeAt);
}

/** The folders' own times count too: they change when a file is removed. */
function newestChange(file: string): number {
  const own = changedAt(file);
  if (own === 0 || !statSync(file).isDirectory()) return own;
  const inside = readdirSync(file, { recursive: true, encoding: 'utf8' });
  return inside.reduce((newest, name) => Math.max(newest, changedAt(path.join(file, name))), own);
}

function changedAt(file: string): number {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function run(script: string): Promise<void> {
  const child = spawn(process.execPath, [script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => output.push(text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new CommandError(`${readable(output.join(''))}\n\nnode ${script} failed.`));
    });
  });
}

/** Node prints the line that failed, which in a minified package is the whole file. */
function readable(output: string): string {
  const longest = 400;
  const lines = output.trim().split('\n');
  return lines.map((line) => (line.length > longest ? `${line.slice(0, longest)} …` : line)).join('\n');
}
