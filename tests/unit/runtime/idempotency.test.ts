import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { submitApi } from '../../support/submit-api.ts';

let api: ReturnType<typeof submitApi>;
beforeEach(() => {
  api = submitApi();
});

const story = { location: { latitude: 35.17, longitude: -103.72 }, interests: ['history'] };
const keyed = (key: string, body: unknown = story) => api.post(body, { headers: { 'idempotency-key': key } });

describe('a request that is sent again with its key', () => {
  it('is answered the same, says so, and makes one job', async () => {
    const [first, again] = [await keyed('k'), await keyed('k')];
    expect(again.body).toEqual(first.body);
    expect([first.statusCode, again.statusCode]).toEqual([202, 202]);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(api.world.store.heads.size).toBe(1);
  });

  it('may order its fields differently, and may quote its key as the draft standard does', async () => {
    await keyed('k', { interests: ['history'], location: { longitude: -103.72, latitude: 35.17 } });
    expect((await keyed('"k"')).headers['idempotent-replayed']).toBe('true');
  });

  it('may not change: another body with the key is refused, and makes nothing', async () => {
    await keyed('k');
    for (const body of [
      { ...story, interests: ['food'] },
      { ...story, interests: [] },
      { ...story, priority: 5 },
    ]) {
      const answer = await keyed('k', body);
      expect(answer.statusCode).toBe(422);
      expect(ProblemDocument.parse(answer.body).code).toBe('idempotency_key_reused');
    }
    expect(api.world.store.heads.size).toBe(1);
  });

  it('by another owner, or with another key, is another request', async () => {
    await keyed('k');
    await keyed('l');
    const claims = { iss: 'https://issuer.example', sub: 'ben' };
    await api.post(story, { claims, headers: { 'idempotency-key': 'k' } });
    expect(api.world.store.heads.size).toBe(3);
  });

  it('to another queue’s probe is not the same request', async () => {
    const probe = (queue: string) =>
      api.send({
        routeKey: 'POST /api/v1/ops/queues/{queue}/probe',
        params: { queue },
        headers: { 'idempotency-key': 'k' },
      });
    expect([(await probe('booking')).statusCode, (await probe('analytics')).statusCode]).toEqual([202, 422]);
  });

  it('that is still being written is told to come back in a moment', async () => {
    api.world.store.accept = async () => ({ kind: 'in_flight' });
    const answer = await keyed('k');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([409, '1']);
  });

  it('has no key that is empty, too long, or not visible ASCII', async () => {
    for (const key of ['', '""', 'a b', 'é', '\n', 'x'.repeat(256)]) {
      const answer = await keyed(key);
      expect(ProblemDocument.parse(answer.body).errors?.[0]?.path).toBe('Idempotency-Key');
    }
    expect((await keyed('x'.repeat(255))).statusCode).toBe(202);
  });
});
