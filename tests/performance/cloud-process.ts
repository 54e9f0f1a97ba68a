import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localStageFolder } from '../../infra/commands/local-stage.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startCloud } from '../../infra/local/cloud.ts';

/** What the measuring process asks of the local cloud beside its HTTP API. */
export type CloudQuestion = 'token' | 'stats' | 'close';

/** What it is answered. */
export interface CloudReport {
  readonly apiUrl: string;
  readonly dataFolder: string;
  readonly token: string;
  /** Calls at each stand-in since the start, as `service.Operation`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly residentBytes: number;
}

// The local cloud in a process of its own, so that the load does not run beside it on one event loop.
const dataFolder = mkdtempSync(path.join(tmpdir(), 'roadtrip-bench-'));
const cloud = await startCloud({
  cdkOut: localStageFolder,
  dataFolder,
  httpPort: 0,
  clock: systemClock,
  log: (line) => console.error(line),
});

process.on('message', (question: CloudQuestion) => {
  if (question === 'close') return void close();
  void report();
});
await report();

async function report(): Promise<void> {
  const token = await cloud.issueToken({ owner: 'bench', scope: 'jobs:read jobs:write ops:read ops:write' });
  const { calls } = cloud.stats();
  const answer: CloudReport = {
    apiUrl: cloud.apiUrl,
    dataFolder,
    token,
    calls,
    residentBytes: process.memoryUsage.rss(),
  };
  process.send?.(answer);
}

async function close(): Promise<void> {
  await cloud.close();
  rmSync(dataFolder, { recursive: true });
  process.exit(0);
}
