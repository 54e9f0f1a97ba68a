import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { submit } from '../support/api-client.ts';
import { bookingRequest, moneyOf, reservationsOf, withKey } from '../support/booking-scene.ts';
import { endsOf, submitStory, untilEnded } from '../support/chaos-jobs.ts';
import { startFaultyCloud } from '../support/faulty-cloud.ts';
import { releaseNote, synthesizeNextRelease } from '../support/next-release.ts';

/** Bundles that have told in their logs that they are of the next release. */
function newConsumers(dataFolder: string): string[] {
  const logs = path.join(dataFolder, 'logs');
  const files = readdirSync(logs).filter((name) => name.startsWith('process-'));
  return files.filter((name) => readFileSync(path.join(logs, name), 'utf8').includes(releaseNote));
}

it('F28: a release that takes the place of another while jobs run loses none, does nothing twice, and finishes those under way', async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'roadtrip-deployed-'));
  const before = await startFaultyCloud({ dataFolder });
  const written = before.faults.hold({ service: 'bedrock', side: 'after' });
  const underWay = await submitStory(before);
  await written;
  before.providers.addFault({ operation: 'stripe.capture', how: 'hang', moment: 'after', times: 1 });
  const { job_id: booking } = await submit(before, '/jobs/booking/process', bookingRequest(), withKey('deployed'));
  await expect.poll(() => moneyOf(before, booking).taken, { timeout: 20_000 }).toBe(1);
  const others = await Promise.all([0, 0, 0, 1].map((delay) => submitStory(before, delay > 0 ? { delay } : {})));
  await before.close();

  await using after = await startFaultyCloud({ dataFolder, cdkOut: synthesizeNextRelease() });
  for (const { id, place } of [underWay, ...others]) {
    const job = await untilEnded(after, id);
    expect(job).toMatchObject({ status: 'completed' });
    expect(await endsOf(after, id)).toEqual(['completed']);
    expect(before.modelCalls(place) + after.modelCalls(place)).toBeLessThanOrEqual(job.attempt);
  }
  expect(await untilEnded(after, underWay.id)).toMatchObject({ attempt: 2 });
  expect(await untilEnded(after, booking)).toMatchObject({ status: 'completed', attempt: 2 });
  expect(moneyOf(after, booking)).toMatchObject({ held: 0, taken: 1, refunds: 0 });
  expect(reservationsOf(after, booking)).toEqual(['confirmed']);
  const needed = ['process-ai-generation.log', 'process-booking.log'];
  expect(newConsumers(dataFolder)).toEqual(expect.arrayContaining(needed));
});
