import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import * as z from 'zod';
import { judgedHours, usualHours } from '../../shared/catalog/patterns.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { type ScriptedSeries, startScriptedCloudWatch } from '../support/scripted-cloudwatch.ts';

const Line = z.looseObject({ message: z.string(), queue: z.string().optional() });

/** What the function has written, of one kind. */
function lines(cloud: TestCloud, message: string): readonly z.infer<typeof Line>[] {
  const folder = path.join(cloud.dataFolder, 'logs');
  const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('analyze-patterns'));
  const text = readFileSync(path.join(folder, file), 'utf8').split('\n');
  const written = text.flatMap((line) => (line.startsWith('{') ? [Line.parse(JSON.parse(line))] : []));
  return written.filter((line) => line.message === message);
}

/** The log is written a moment after the function has answered. */
async function analyzed(cloud: TestCloud) {
  expect(await cloud.invoke('analyze-patterns', {})).toMatchObject({ status: 'succeeded' });
  return vi.waitFor(() => {
    const found = lines(cloud, 'patterns_analyzed');
    expect(found.map(({ queue }) => queue)).toEqual(queueNames);
    return found;
  });
}

const everyHour = (value: number): ScriptedSeries =>
  Object.fromEntries(Array.from({ length: judgedHours + usualHours }, (_, index) => [index + 1, value]));

/** A week and a day of a hundred jobs an hour, and ten failures in the newest hour of stories. */
const series: Readonly<Record<string, ScriptedSeries>> = {
  ai_generation_accepted: everyHour(100),
  ai_generation_completed: everyHour(100),
  ai_generation_failed: { 1: 10 },
};

it('the hourly analysis finds the hour that chance does not explain, and recommends to look for its cause', async () => {
  const cloudWatch = await startScriptedCloudWatch((id) => series[id] ?? {});
  await using cloud = await startTestCloud({ endpoints: { cloudwatch: cloudWatch.endpoint } });
  await analyzed(cloud);
  await cloudWatch.close();
  expect(lines(cloud, 'recommendation')).toMatchObject([
    { recommendation: 'look_for_cause', queue: 'ai_generation', defects: 10, opportunities: 110, limit: 1 },
  ]);
});

it('with little to judge it recommends nothing', async () => {
  await using cloud = await startTestCloud();
  for (const line of await analyzed(cloud)) expect(line).toMatchObject({ quality: { defects: 0 }, failures: [] });
  expect(lines(cloud, 'recommendation')).toEqual([]);
});

it('without CloudWatch the analysis says so, and ends well', async () => {
  await using cloud = await startTestCloud({ endpoints: { cloudwatch: 'http://127.0.0.1:9' } });
  for (const line of await analyzed(cloud)) expect(line).toMatchObject({ missing: 'not_readable' });
});
