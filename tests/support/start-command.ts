import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** `npm start` as a user runs it: a process of its own, which a test may kill. */
export interface StartedCommand {
  readonly process: ChildProcess;
  readonly apiUrl: string;
  /** A token for owner `traveller`, as the welcome prints it. */
  readonly token: string;
  /** Resolves with the exit code, null after a signal. */
  readonly exited: Promise<number | null>;
}

export function newDataFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'roadtrip-'));
}

/** Starts it on a free port; rejects with what it printed if it ends instead of starting. */
export async function startCommand(dataFolder: string, port = 0): Promise<StartedCommand> {
  const child = spawn(process.execPath, ['infra/commands/start.ts', '--port', String(port), '--data', dataFolder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let output = '';
  const welcome = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Stop with Ctrl-C')) resolve(output);
      });
    }
    void exited.then((code) => reject(new Error(`start ended with ${code}:\n${output}`)));
  });
  const text = await welcome;
  return { process: child, apiUrl: found(text, /API +(http\S+)/), token: found(text, /TOKEN=(\S+)/), exited };
}

/** Every line that functions have logged into the data folder and that is JSON. */
export function loggedLines(dataFolder: string): readonly Record<string, unknown>[] {
  const folder = path.join(dataFolder, 'logs');
  return readdirSync(folder).flatMap((file) =>
    readFileSync(path.join(folder, file), 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])),
  );
}

function found(text: string, pattern: RegExp): string {
  const match = pattern.exec(text)?.[1];
  if (match === undefined) throw new Error(`No ${pattern} in:\n${text}`);
  return match;
}
