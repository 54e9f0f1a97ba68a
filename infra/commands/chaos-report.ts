import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Ledger } from '../../tests/chaos/soak/ledger.ts';
import { CommandError } from './command-line.ts';

/**
 * Runs `isBroken` with a new folder for records and logs. Rejects with CommandError, which makes the command end with 1, if a promise was
 * broken; the folder is kept then, and told of, as it is when `isBroken` rejects, unless somebody stopped it.
 */
export async function withData(stop: AbortSignal, isBroken: (dataFolder: string) => Promise<boolean>): Promise<void> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'roadtrip-chaos-'));
  const broken = await isBroken(dataFolder).catch((error: unknown) => {
    if (stop.aborted) rmSync(dataFolder, { recursive: true });
    else console.error(`Records and logs: ${dataFolder}`);
    throw error;
  });
  if (broken) throw new CommandError(`Records and logs: ${dataFolder}`);
  rmSync(dataFolder, { recursive: true });
}

/** Prints what a soak ended with. Whether a promise was broken. */
export function showLedger({ lines, broken }: Ledger): boolean {
  console.log(lines.map(([what, count]) => `${what.padEnd(46)}${String(count).padStart(10)}`).join('\n'));
  if (broken.length > 0) console.error(`\nBroken promises:\n${broken.join('\n')}`);
  return broken.length > 0;
}
