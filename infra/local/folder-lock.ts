import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** Another process, alive, works on this folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

const Owner = z.object({ pid: z.int(), started_at: z.iso.datetime() });

/**
 * Takes the folder for this process until the returned function is called or the process ends, however it ends. The lock is one
 * of the operating system, held through SQLite: a dead owner cannot hold it and a reused process id cannot be mistaken
 * for the owner. The owner's process id stands beside it, for the message of the FolderInUseError only.
 */
export function lockFolder(folder: string): () => void {
  const ownerFile = path.join(folder, 'owner.json');
  const lock = new DatabaseSync(path.join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new FolderInUseError(inUseMessage(folder, ownerFile), { cause: error });
    throw error;
  }
  writeFileSync(ownerFile, JSON.stringify({ pid: process.pid, started_at: new Date().toISOString() }));
  return () => {
    rmSync(ownerFile, { force: true });
    lock.close();
  };
}

/** https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function inUseMessage(folder: string, ownerFile: string): string {
  const owner = readOwner(ownerFile);
  const who = owner === undefined ? 'another process' : `process ${owner.pid}, started at ${owner.started_at}`;
  const stop = owner === undefined ? 'Stop it' : `Stop it (kill ${owner.pid})`;
  return `The local cloud in ${folder} is already running: ${who}.\n${stop}, or choose another folder with --data.`;
}

function readOwner(file: string): z.infer<typeof Owner> | undefined {
  try {
    return Owner.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
