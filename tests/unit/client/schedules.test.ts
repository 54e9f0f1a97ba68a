import { describe, expect, it } from 'vitest';
import { problem, scriptedApi } from './scripted-api.ts';

const schedule = { schedule_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6S1', status: 'active', runs: 0 };
const job = { type: 'synthesize_voice', body: { text: 'Good morning.' } } as const;

describe('schedules', () => {
  it('are made once, however often the request has to be sent', async () => {
    const { client, requests } = scriptedApi(['cut', { status: 201, body: schedule }]);
    expect(await client.schedules.create({ every: 3_600, job })).toEqual(schedule);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.test/api/v1/schedules',
      'POST https://api.test/api/v1/schedules',
    ]);
    expect(new Set(requests.map(({ headers }) => headers.get('idempotency-key')))).toEqual(new Set(['"key-1"']));
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ every: 3_600, job });
  });

  it('are listed', async () => {
    const { client } = scriptedApi([{ status: 200, body: { schedules: [schedule] } }]);
    expect(await client.schedules.list()).toEqual([schedule]);
  });

  it('are deleted, also by a request whose first answer was lost', async () => {
    const { client, requests } = scriptedApi(['cut', problem(404, 'schedule_not_found')]);
    await client.schedules.remove(schedule.schedule_id);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(
      [1, 2].map(() => `DELETE https://api.test/api/v1/schedules/${schedule.schedule_id}`),
    );
  });

  it('of which there are too many already are refused', async () => {
    const { client } = scriptedApi([problem(409, 'too_many_schedules')]);
    await expect(client.schedules.create({ every: 3_600, job })).rejects.toMatchObject({ code: 'too_many_schedules' });
  });
});
