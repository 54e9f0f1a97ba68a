import { expect, it } from 'vitest';
import * as z from 'zod';
import { stageSettings } from '../../infra/stages.ts';
import { type AlarmName, cloudWatchName } from '../../shared/catalog/alarms.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

/** What SNS hands the function when an alarm on stories changes. */
function notice(from: 'OK' | 'ALARM', to: 'OK' | 'ALARM', at: string, alarm: AlarmName = 'upstream_throttled') {
  const Message = JSON.stringify({
    AlarmName: cloudWatchName('local', alarm, 'ai_generation'),
    OldStateValue: from,
    NewStateValue: to,
    StateChangeTime: at,
  });
  return { Records: [{ EventSource: 'aws:sns', Sns: { Message } }] };
}

const Stats = z.object({
  queues: z.array(z.object({ queue: z.string(), paused: z.boolean(), concurrency: z.number() })),
});

async function statsOf(cloud: TestCloud) {
  return Stats.parse(await (await cloud.call('/jobs/queue/stats', { scope: 'ops:read' })).json()).queues;
}

async function pausedQueues(cloud: TestCloud): Promise<readonly string[]> {
  return (await statsOf(cloud)).filter(({ paused }) => paused).map(({ queue }) => queue);
}

it('batch work waits while an upstream throttles stories, and goes on when it is over, unless an operator took the pause over', async () => {
  await using cloud = await startTestCloud();
  const remediate = async (event: unknown) =>
    expect(await cloud.invoke('remediate', event)).toMatchObject({ status: 'succeeded' });

  await remediate(notice('OK', 'ALARM', '2026-11-25T09:00:00.000+0000'));
  expect(await pausedQueues(cloud)).toEqual(['analytics']);
  await remediate({});
  expect(await pausedQueues(cloud), 'the pause is not over').toEqual(['analytics']);
  await remediate(notice('ALARM', 'OK', '2026-11-25T09:10:00.000+0000'));
  expect(await pausedQueues(cloud)).toEqual([]);

  await remediate(notice('OK', 'ALARM', '2026-11-25T09:20:00.000+0000'));
  const pause = await cloud.call('/ops/queues/analytics/pause', { method: 'POST', scope: 'ops:write' });
  expect(pause.status).toBe(200);
  await remediate(notice('ALARM', 'OK', '2026-11-25T09:30:00.000+0000'));
  expect(await pausedQueues(cloud), 'the operator’s from now on').toEqual(['analytics']);
});

it('stories that wait too long get more consumers at a time, within the bound, and the usual number when they no longer do', async () => {
  await using cloud = await startTestCloud();
  const { concurrency, mostConcurrency } = stageSettings('local');
  const usual = concurrency.ai_generation ?? 0;
  const raised = Math.ceil(usual * 1.5);
  expect(mostConcurrency.ai_generation).toBeGreaterThanOrEqual(raised);
  const consumers = async () => (await statsOf(cloud)).find(({ queue }) => queue === 'ai_generation')?.concurrency;
  const others = async () => (await statsOf(cloud)).filter(({ queue }) => queue !== 'ai_generation');
  const tell = async (...[from, to, at]: Parameters<typeof notice>) =>
    expect(await cloud.invoke('remediate', notice(from, to, at, 'oldest_message_too_old'))).toMatchObject({
      status: 'succeeded',
    });
  const before = await others();

  expect(await consumers()).toBe(usual);
  await tell('OK', 'ALARM', '2026-11-25T09:00:00.000+0000');
  expect(await consumers()).toBe(raised);
  await tell('OK', 'ALARM', '2026-11-25T09:00:00.000+0000');
  expect(await consumers(), 'the same notice a second time').toBe(raised);
  expect(await others()).toEqual(before);
  await tell('ALARM', 'OK', '2026-11-25T09:10:00.000+0000');
  expect(await consumers()).toBe(usual);

  const pause = await cloud.call('/ops/queues/ai_generation/pause', { method: 'POST', scope: 'ops:write' });
  expect(pause.status).toBe(200);
  await tell('OK', 'ALARM', '2026-11-25T09:20:00.000+0000');
  expect(await consumers(), 'more consumers do nothing for a queue that is paused').toBe(usual);
});
