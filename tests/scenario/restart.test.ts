import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { JobView } from '../../shared/catalog/schemas/job.ts';
import { JobEvents } from '../../shared/catalog/schemas/job-lists.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { newDataFolder, type StartedCommand, startCommand } from '../support/start-command.ts';

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
    const finalEvents = await Promise.all(ids.map((id) => endsOf(second, id)));
    second.process.kill('SIGTERM');
    expect(await second.exited).toBe(0);
    expect(jobs.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
    expect(finalEvents).toEqual(ids.map(() => ['completed']));
  }, 120_000);

  it('stops on Ctrl-C with jobs in flight, and the next start ends them', async () => {
    const dataFolder = newDataFolder();
    const first = await startCommand(dataFolder);
    const ids = await submitMany(first, 6);
    await untilSome(first, ids, ({ status }) => status === 'processing');
    first.process.kill('SIGINT');
    expect(await first.exited).toBe(0);
    const second = await startCommand(dataFolder);
    const jobs = await Promise.all(ids.map((id) => untilEnded(second, id)));
    second.process.kill('SIGINT');
    expect(await second.exited).toBe(0);
    expect(jobs.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
  }, 120_000);

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
    if (finalStatuses.includes(job.status)) return job;
    await sleep(200);
  }
}

/** The statuses among the job's events after which nothing follows. */
async function endsOf(cloud: StartedCommand, id: string): Promise<string[]> {
  const response = await fetch(`${cloud.apiUrl}/jobs/events/${id}`, { headers: headers(cloud) });
  const { events } = JobEvents.parse(await response.json());
  return events.map(({ status }) => status).filter((status) => finalStatuses.includes(status));
}

const finalStatuses: readonly string[] = ['completed', 'failed', 'cancelled', 'expired'];

function headers({ token }: StartedCommand) {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}
