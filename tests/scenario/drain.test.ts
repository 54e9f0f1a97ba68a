import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { QueueStats } from '../../shared/catalog/schemas/queue-stats.ts';
import { hasEnded, jobWhen, probe, readJob } from '../support/api-client.ts';
import { endsOf, submitStory } from '../support/chaos-jobs.ts';
import { type FaultyCloud, startFaultyCloud } from '../support/faulty-cloud.ts';

const operator = { owner: 'operator', scope: 'ops:read ops:write' };

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await startFaultyCloud();
});
afterAll(() => cloud.close());

/** The command, against a cloud that counts exactly and at once. `seen` resolves when it has printed such a line of progress. */
async function startDrain(...args: readonly string[]) {
  const child = spawn(process.execPath, ['infra/commands/drain.ts', '--api', cloud.apiUrl, '--quiet', '0', ...args], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, ROADTRIP_JOBS_TOKEN: await cloud.issueToken(operator) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let progress = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    progress += part;
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const output = text(child.stdout);
  return {
    seen: (line: RegExp) => expect.poll(() => progress, { timeout: 20_000 }).toMatch(line),
    hasEnded: () => child.exitCode !== null,
    ended: async () => ({ code: await code, output: await output, progress }),
  };
}

async function stats() {
  return QueueStats.parse(await (await cloud.call('/jobs/queue/stats', operator)).json()).queues;
}

it('lets what runs end and what comes meanwhile wait; after --resume every job completes, and once', async () => {
  const held = cloud.faults.hold({ service: 'bedrock', side: 'after' });
  const running = await submitStory(cloud);
  const { release } = await held;
  const delayed = await submitStory(cloud, { delay: 10 });
  const queues = ['booking', 'notifications', 'default', 'analytics'];
  const racing = Promise.all([...queues, ...queues, ...queues].map((queue) => probe(cloud, queue)));

  const drain = await startDrain();
  await drain.seen(/in flight: ai_generation 1(; [^,\n]+)?\n/);
  const meanwhile = await submitStory(cloud);
  const probed = await probe(cloud, 'booking');
  expect(drain.hasEnded()).toBe(false);
  expect((await readJob(cloud, running.id)).status).toBe('processing');
  release();

  const drained = await drain.ended();
  expect(drained).toMatchObject({ code: 0, output: expect.stringContaining('Drained: all 7 queues are paused') });
  expect((await readJob(cloud, running.id)).status).toBe('completed');
  for (const { consumer, in_flight } of await stats())
    expect({ consumer, in_flight }).toEqual({ consumer: 'paused', in_flight: 0 });
  expect(await readJob(cloud, delayed.id)).toMatchObject({ status: 'scheduled', attempt: 0 });
  expect(await readJob(cloud, meanwhile.id)).toMatchObject({ status: 'accepted', attempt: 0 });
  expect(await readJob(cloud, probed.job_id, 'operator')).toMatchObject({ status: 'accepted', attempt: 0 });

  const resumed = await (await startDrain('--resume')).ended();
  expect(resumed).toMatchObject({ code: 0, output: expect.stringMatching(/^Resumed: booking, /) });
  for (const { id, place } of [running, delayed, meanwhile]) {
    expect(await jobWhen(cloud, id, hasEnded)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await endsOf(cloud, id)).toEqual(['completed']);
    expect(cloud.modelCalls(place)).toBe(1);
  }
  for (const { job_id } of [probed, ...(await racing)]) {
    expect(await jobWhen(cloud, job_id, hasEnded, 'operator')).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await endsOf(cloud, job_id, 'operator')).toEqual(['completed']);
  }
});
