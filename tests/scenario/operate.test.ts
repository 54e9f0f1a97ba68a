import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueNames, queues } from '../../shared/catalog/queues.ts';
import { QueueStats } from '../../shared/catalog/schemas/operate.ts';
import { submit } from '../support/api-client.ts';
import { type CallOptions, startTestCloud, type TestCloud } from '../support/local-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** A request by an operator who may look and act. */
function operate(path: string, options: CallOptions = {}) {
  return cloud.call(path, { owner: 'operator', scope: 'ops:read ops:write', ...options });
}

describe('the state of the queues', () => {
  const stats = async () => QueueStats.parse(await (await operate('/jobs/queue/stats')).json());
  const stateOf = async (name: string) => (await stats()).queues.find(({ queue }) => queue === name);

  it('tells what waits in each, the most urgent first, beside what was promised', async () => {
    const { queues: listed } = await stats();
    expect(listed.map(({ queue }) => queue).toSorted()).toEqual(queueNames.toSorted());
    expect(listed[0]).toEqual({
      queue: 'booking',
      priority: 10,
      carries: queues.booking.carries,
      waiting: 0,
      in_flight: 0,
      delayed: 0,
      dead_letter_messages: 0,
      pick_up_target: 1,
      wait_limit: 7_200,
    });
  });

  it('counts a message that is kept back', async () => {
    await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 });
    expect(await stateOf('voice_synthesis')).toMatchObject({ waiting: 0, delayed: 1 });
  });

  it('is for operators only', async () => {
    expect((await cloud.call('/jobs/queue/stats')).status).toBe(403);
    expect((await operate('/jobs/queue/stats', { scope: 'ops:write' })).status).toBe(403);
  });
});
