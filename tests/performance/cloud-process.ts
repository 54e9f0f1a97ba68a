import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { localStageFolder } from '../../infra/commands/local-stage.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startCloud } from '../../infra/local/cloud.ts';
import { createFaultKit } from '../../infra/local/faults/fault-kit.ts';
import { delay } from '../../infra/local/faults/faults.ts';

/** What the measuring process asks of the local cloud beside its HTTP API. */
export type CloudQuestion = 'stats' | 'close';

/** The one who measures, one who is in the way, and one of many who only add to what waits. */
export type LoadOwner = 'bench' | 'flood' | `crowd-${number}`;

/** What it is answered. */
export interface CloudReport {
  readonly apiUrl: string;
  readonly dataFolder: string;
  /** By owner. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Calls at each stand-in since the start, as `service.Operation`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Messages that wait in queues, by the names of these. */
  readonly waiting: Readonly<Record<string, number>>;
  readonly residentBytes: number;
}

// The local cloud in a process of its own, so that the load does not run beside it on one event loop.
const { values } = parseArgs({
  options: { 'model-ms': { type: 'string', default: '0' }, crowd: { type: 'string', default: '0' } },
});
const crowd = Array.from({ length: Number(values.crowd) }, (_, index): LoadOwner => `crowd-${index}`);
const owners: readonly LoadOwner[] = ['bench', 'flood', ...crowd];
const faults = createFaultKit();
if (values['model-ms'] !== '0') faults.inject({ service: 'bedrock', fault: delay(Number(values['model-ms'])) });
const dataFolder = mkdtempSync(path.join(tmpdir(), 'roadtrip-bench-'));
const cloud = await startCloud({
  cdkOut: localStageFolder,
  dataFolder,
  httpPort: 0,
  clock: systemClock,
  log: (line) => console.error(line),
  ...(values['model-ms'] !== '0' && { faults }),
});

process.on('message', (question: CloudQuestion) => {
  if (question === 'close') return void close();
  void report();
});
await report();

async function report(): Promise<void> {
  const scope = 'jobs:read jobs:write ops:read ops:write';
  const tokens = await Promise.all(
    owners.map(async (owner) => [owner, await cloud.issueToken({ owner, scope })] as const),
  );
  const { calls, queues } = cloud.stats();
  const answer: CloudReport = {
    apiUrl: cloud.apiUrl,
    dataFolder,
    tokens: Object.fromEntries(tokens),
    calls,
    waiting: Object.fromEntries(Object.entries(queues).map(([name, { visible }]) => [name, visible])),
    residentBytes: process.memoryUsage.rss(),
  };
  process.send?.(answer);
}

async function close(): Promise<void> {
  await cloud.close();
  rmSync(dataFolder, { recursive: true });
  process.exit(0);
}
