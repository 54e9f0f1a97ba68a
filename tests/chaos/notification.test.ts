import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliverTwice } from '../../infra/local/faults/sqs-faults.ts';
import { StoredNotification } from '../../shared/catalog/schemas/notification.ts';
import { submit } from '../support/api-client.ts';
import { recovered, untilEnded } from '../support/chaos-jobs.ts';
import { type FaultyCloud, startFaultyCloud } from '../support/faulty-cloud.ts';

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await startFaultyCloud();
});
afterEach(() => cloud.faults.clear());
afterAll(() => cloud.close());

const owner = 'backend';
const sentTo = (address: string) => cloud.messages.all().filter(({ to }) => to === address).length;

async function notify(addresses: readonly string[]): Promise<string> {
  const recipients = addresses.map((address) => ({ channel: 'email', address }));
  const body = { recipients, title: 'Your stories are ready', body: 'Twelve of them.' };
  const options = { owner, scope: 'notifications:write' };
  return (await submit(cloud, '/jobs/notification/send', body, options)).job_id;
}

describe('F20: a mail to three travellers whose worker is killed at the second', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)(
    '%s it was taken goes once to the others, and is sent to the second %d times, never again',
    async (side, times) => {
      const addresses = ['first', 'second', 'third'].map((name) => `${name}-${side}@example.com`);
      const held = cloud.faults.hold({ service: 'ses', operation: 'POST', about: addresses[1] ?? '', side });
      const id = await notify(addresses);
      await (await held).kill();
      const job = await recovered(cloud, id, owner);
      expect(job).toMatchObject({ status: 'completed', attempt: 2 });
      expect(addresses.map(sentTo)).toEqual([1, times, 1]);
      const { recipients } = StoredNotification.parse(job.result);
      expect(recipients.map(({ status }) => status)).toEqual(['sent', 'unconfirmed', 'sent']);
    },
  );
});

describe('F01, F20: a mail whose message comes twice', () => {
  it('goes once to everybody', async () => {
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice() });
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice(1) });
    const addresses = ['one@example.com', 'two@example.com'];
    cloud.messages.trouble('two@example.com', 'throttled', 1);
    expect(await untilEnded(cloud, await notify(addresses), owner)).toMatchObject({ status: 'completed', attempt: 2 });
    expect(addresses.map(sentTo)).toEqual([1, 1]);
  });
});
