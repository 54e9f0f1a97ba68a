import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { JobEvents } from '../../../shared/catalog/schemas/job-lists.ts';
import { DeadLettersQuery } from '../../../shared/catalog/schemas/operate.ts';
import { acceptedJob } from '../../support/job-builder.ts';
import { ownerNamed, readApi } from '../../support/read-api.ts';

let api: ReturnType<typeof readApi>;
let params: Readonly<Record<string, string>>;
beforeEach(() => {
  api = readApi();
  const job = api.world.store.place(acceptedJob({ owner: ownerNamed('anna') }));
  params = { job_id: job.id };
});

describe('a number of a query', () => {
  it.each(['', ' ', '0x10', '1e1', '-1', '+1', ' 1', '1.0', '1.5', 'one', '9'.repeat(17)])(
    'is not %j',
    async (after) => {
      const { statusCode, body } = await api.ask('read_events', { params, query: { after } });
      expect(statusCode).toBe(400);
      expect(ProblemDocument.parse(body).errors).toEqual([{ path: 'after', message: 'must be a whole number' }]);
      expect(DeadLettersQuery.safeParse({ limit: after }).success).toBe(false);
    },
  );

  it('is what its digits say, within its bounds, and need not be given', async () => {
    const { body } = await api.ask('read_events', { params, query: { after: '1' } });
    expect(JobEvents.parse(body).events).toEqual([]);
    expect((await api.ask('read_events', { params })).statusCode).toBe(200);
    const tooMany = await api.ask('list_recent', { query: { limit: '101' } });
    expect(ProblemDocument.parse(tooMany.body).errors).toEqual([{ path: 'limit', message: 'must be at most 100' }]);
    expect(DeadLettersQuery.parse({ limit: '7' }).limit).toBe(7);
  });
});
