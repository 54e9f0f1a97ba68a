import { expect, it } from 'vitest';
import * as z from 'zod';
import { cloudWatchName } from '../../shared/catalog/alarms.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

/** What SNS hands the function when an alarm changes. */
function notice(from: 'OK' | 'ALARM', to: 'OK' | 'ALARM', at: string) {
  const Message = JSON.stringify({
    AlarmName: cloudWatchName('local', 'upstream_throttled', 'ai_generation'),
    OldStateValue: from,
    NewStateValue: to,
    StateChangeTime: at,
  });
  return { Records: [{ EventSource: 'aws:sns', Sns: { Message } }] };
}

const Stats = z.object({ queues: z.array(z.object({ queue: z.string(), paused: z.boolean() })) });

async function pausedQueues(cloud: TestCloud): Promise<readonly string[]> {
  const stats = Stats.parse(await (await cloud.call('/jobs/queue/stats', { scope: 'ops:read' })).json());
  return stats.queues.filter(({ paused }) => paused).map(({ queue }) => queue);
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
