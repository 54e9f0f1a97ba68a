import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * The local cloud must stay small (docs/adr/0006-local-cloud.md): code lines, without blank lines and comments. A stand-in that outgrows
 * its budget is either doing more than the product needs or hiding a library we should have taken.
 */
const budgets: Readonly<Record<string, number>> = {
  'infra/local': 9_250,
  'infra/local/faults': 400,
  'infra/local/aws/dynamodb': 1_100,
  'infra/local/aws/polly': 830,
  'infra/local/aws/sqs': 640,
  'infra/local/providers': 720,
};

const STAND_IN_BUDGET = 600;

/** A longer file is two files. Tables of data may be as long as their data. */
const LONGEST_FILE_LINES = 200;

const dataFiles = [/\/landmarks\//, /^tests\//, /^shared\/catalog\//];

const root = join(import.meta.dirname, '../..');

const problems = [...overBudget(), ...tooLong()];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

function overBudget(): string[] {
  const standIns = readdirSync(join(root, 'infra/local/aws')).map((name) => `infra/local/aws/${name}`);
  const all = { ...Object.fromEntries(standIns.map((folder) => [folder, STAND_IN_BUDGET])), ...budgets };
  return Object.entries(all).flatMap(([folder, budget]) => {
    const lines = sources(folder).reduce((sum, file) => sum + codeLines(readFileSync(file, 'utf8')), 0);
    return lines > budget ? [`${folder}: ${lines} code lines, ${budget} allowed`] : [];
  });
}

function tooLong(): string[] {
  return ['infra', 'functions', 'shared'].flatMap(sources).flatMap((file) => {
    const name = relative(root, file);
    const lines = readFileSync(file, 'utf8').split('\n').length - 1;
    const isLong = lines > LONGEST_FILE_LINES && !dataFiles.some((pattern) => pattern.test(name));
    return isLong ? [`${name}: ${lines} lines, ${LONGEST_FILE_LINES} allowed`] : [];
  });
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs)$/.test(name))
    .map((name) => join(root, folder, name));
}

function codeLines(source: string): number {
  return source.split('\n').filter((line) => !/^\s*(?:$|\/\/|\/\*|\*)/.test(line)).length;
}
