import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { JobView } from '../../shared/catalog/schemas/job.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { loggedLines, newDataFolder, type StartedCommand, startCommand } from '../support/start-command.ts';

describe('npm start', () => {
  it('killed with jobs in flight, ends every one of them once after the next start', async () => {
    const dataFolder = newDataFolder();
    const first = await startCommand(dataFolder);
    const ids = await submitMany(first, 12);
    await untilSome(first, ids, ({ status }) => status === 'processing');
    first.process.kill('SIGKILL');
    await first.exited;

    const second = await startCommand(dataFolder);
    const jobs = await Promise.all(ids.map((id) => untilEnded(second, id)));
    second.process.kill('SIGTERM');
    expect(await second.exited).toBe(0);
    expect(jobs.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
    // The kill may cost the line of an end that was recorded; it may never bring one twice.
    const ends = loggedLines(dataFolder).filter(({ message }) => message === 'job_complete');
    expect(ends.length).toBeGreaterThan(0);
    expect(new Set(ends.map(({ job_id }) => job_id)).size).toBe(ends.length);
  }, 120_000);

  it('stops within two seconds of Ctrl-C and frees its folder', async () => {
    const dataFolder = newDataFolder();
    const cloud = await startCommand(dataFolder);
    const asked = performance.now();
    cloud.process.kill('SIGINT');
    expect(await cloud.exited).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5_000);
    const again = await startCommand(dataFolder);
    again.process.kill('SIGINT');
    expect(await again.exited).toBe(0);
  });

  it('refuses a folder or a port that is in use, and says what to do', async () => {
    const dataFolder = newDataFolder();
    const running = await startCommand(dataFolder);
    await expect(startCommand(dataFolder)).rejects.toThrow(/--data/);
    const port = Number(new URL(running.apiUrl).port);
    await expect(startCommand(newDataFolder(), port)).rejects.toThrow(/--port/);
    running.process.kill('SIGTERM');
    await running.exited;
  });
});

async function submitMany(cloud: StartedCommand, count: number): Promise<string[]> {
  const requests = Array.from({ length: count }, async (_, index) => {
    const location = { latitude: 35 + index / 4, longitude: -106 - index / 3 };
    const body = JSON.stringify({ location, include_voice: index % 3 === 0, preferences: { length: 'short' } });
    const response = await fetch(`${cloud.apiUrl}/jobs/story/generate`, {
      method: 'POST',
      headers: headers(cloud),
      body,
    });
    return SubmitAnswer.parse(await response.json()).job_id;
  });
  return Promise.all(requests);
}

async function read(cloud: StartedCommand, id: string) {
  const response = await fetch(`${cloud.apiUrl}/jobs/status/${id}`, { headers: headers(cloud) });
  return JobView.parse(await response.json());
}

async function untilSome(
  cloud: StartedCommand,
  ids: readonly string[],
  condition: (job: Awaited<ReturnType<typeof read>>) => boolean,
) {
  for (;;) {
    const jobs = await Promise.all(ids.map((id) => read(cloud, id)));
    if (jobs.some(condition)) return;
    await sleep(20);
  }
}

async function untilEnded(cloud: StartedCommand, id: string) {
  for (;;) {
    const job = await read(cloud, id);
    if (['completed', 'failed', 'cancelled', 'expired'].includes(job.status)) return job;
    await sleep(200);
  }
}

function headers({ token }: StartedCommand) {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}
