import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const root = path.resolve(import.meta.dirname, '../..');

/** The sources in a folder of their own, to be changed, compiled and run as a developer would on a branch. */
export interface SourceBranch extends Disposable {
  /** Writes a new file. */
  write(file: string, source: string): void;
  /** Puts lines before the one place in a file where `before` stands; throws when there is none, or more than one. */
  insert(file: string, before: string, lines: string): void;
  /** What the compiler complains about; empty when it does not. */
  typeErrors(): Promise<readonly string[]>;
  /** What the program prints. Rejects with its errors when it fails. */
  run(): Promise<string>;
}

/** A branch that compiles everything deployed in a function, and the given program beside it. */
export function branchOfSources(program: string): SourceBranch {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadtrip-branch-'));
  const at = (file: string) => path.join(folder, file);
  for (const name of ['shared', 'functions', 'tests/support', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), at(name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), at('node_modules'));
  const include = ['shared', 'functions', program];
  writeFileSync(at('tsconfig.branch.json'), JSON.stringify({ extends: './tsconfig.json', include }));
  return {
    write: (file, source) => writeFileSync(at(file), source),
    insert(file, before, lines) {
      const parts = readFileSync(at(file), 'utf8').split(before);
      if (parts.length !== 2) throw new Error(`${file} has "${before}" ${parts.length - 1} times`);
      writeFileSync(at(file), parts.join(`${lines}${before}`));
    },
    async typeErrors() {
      const compiler = at('node_modules/typescript/bin/tsc');
      const { output } = await execute(folder, [compiler, '--project', 'tsconfig.branch.json', '--pretty', 'false']);
      return output.split('\n').filter((line) => line.includes(': error '));
    },
    async run() {
      const { output, code, errors } = await execute(folder, [at(program)]);
      if (code !== 0) throw new Error(errors);
      return output;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

async function execute(cwd: string, args: readonly string[]) {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { output, errors, code };
}
