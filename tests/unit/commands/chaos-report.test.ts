import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { showLedger, withData } from '../../../infra/commands/chaos-report.ts';
import { runCommand } from '../../../infra/commands/command-line.ts';
import { type AcceptedJob, ledgerOf } from '../../chaos/soak/ledger.ts';

const completed: AcceptedJob = {
  number: '000001',
  kind: 'story',
  owner: 'ada',
  id: 'J1',
  last: { status: 'completed', attempt: 1 },
  ends: 1,
};
const lost: AcceptedJob = { ...completed, number: '000002', id: 'J2', last: undefined, ends: 0 };

/** Ends the command with what became of the jobs. Its exit code, and its folder. */
async function endOf(jobs: readonly AcceptedJob[]) {
  let folder = '';
  const ledger = ledgerOf(jobs, { unknown: 0, calls: new Map(), bookings: new Map(), sent: new Map() });
  const command = () =>
    withData(new AbortController().signal, async (dataFolder) => {
      folder = dataFolder;
      writeFileSync(path.join(dataFolder, 'records'), '');
      return showLedger(ledger);
    });
  await runCommand(command);
  return { exitCode: process.exitCode, folder };
}

describe('the command of the soak', () => {
  const exitCode = process.exitCode;
  afterEach(() => {
    process.exitCode = exitCode;
    vi.restoreAllMocks();
  });

  it('ends with 1 and keeps the records if one job of many is lost', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const errors = vi.spyOn(console, 'error').mockReturnValue();
    const end = await endOf([completed, lost]);
    expect(end.exitCode).toBe(1);
    expect(errors.mock.calls.flat().join('\n')).toContain('lost: 1');
    expect(existsSync(path.join(end.folder, 'records'))).toBe(true);
    rmSync(end.folder, { recursive: true });
  });

  it('ends well and leaves nothing behind if none is', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const end = await endOf([completed]);
    expect(end.exitCode).toBe(exitCode);
    expect(existsSync(end.folder)).toBe(false);
  });
});
