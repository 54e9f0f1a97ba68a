import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Alarm } from '../../infra/local/aws/cloudwatch/alarm.ts';
import { cloudWatchName } from '../../shared/catalog/alarms.ts';
import { basePath, routes } from '../../shared/catalog/routes.ts';
import { StoredReservation } from '../../shared/catalog/schemas/booking.ts';
import { UploadForm } from '../../shared/catalog/schemas/image.ts';
import { QueueStats } from '../../shared/catalog/schemas/queue-stats.ts';
import { hasEnded, jobWhen, submit } from '../support/api-client.ts';
import { bookingRequest, signedEvent, withKey } from '../support/booking-scene.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

// Functions live by the machine's clock, and a minute is measured when it is over.
const overAMinute = { timeout: 90_000, interval: 500 };

let cloud: TestCloud;
const told: string[] = [];
beforeAll(async () => {
  cloud = await startTestCloud({ onAlarm: ({ alarm }) => told.push(`${alarm.name} ${alarm.state}`) });
  await disputedBooking();
  await photoThatIsMissing();
});
afterAll(() => cloud.close());

it('the last hour of each queue is told in figures of what happened', { timeout: 120_000 }, async () => {
  await vi.waitFor(async () => {
    const { booking, image_processing: images } = await stats();
    expect(booking).toMatchObject({ defects: 0, completion_rate: 1, age_of_oldest: 0 });
    expect(booking?.pick_up?.p50).toBeGreaterThan(0);
    expect(booking?.step?.p99).toBeGreaterThanOrEqual(booking?.step?.p50 ?? Number.NaN);
    expect(images).toMatchObject({ defects: 1, per_minute: { failed: 0.0167 } });
    expect(images?.completion_rate).toBeLessThan(1);
  }, overAMinute);
});

it('a dispute sets its alarm off, and whoever looks after the service is told', { timeout: 120_000 }, async () => {
  const disputed = cloudWatchName('local', 'payments_disputed');
  const incident = cloudWatchName('local', 'something_to_look_at');
  await vi.waitFor(() => expect(alarm(incident).state).toBe('ALARM'), overAMinute);
  expect(alarm(disputed)).toMatchObject({ state: 'ALARM' });
  expect(alarm(incident).reason).toContain(disputed);
  expect(alarm(incident).actions.ALARM).toHaveLength(1);
  expect(alarm(cloudWatchName('local', 'service_in_trouble')).state).toBe('OK');
  expect(told).toContain(`${incident} ALARM`);
  const log = readFileSync(path.join(cloud.dataFolder, 'logs/alarms.log'), 'utf8');
  expect(log).toMatch(new RegExp(`${disputed} (OK|INSUFFICIENT_DATA) → ALARM`));
  expect(cloud.troubles).toEqual([]);
});

async function stats() {
  const response = await cloud.call('/jobs/queue/stats', { owner: 'operator', scope: 'ops:read' });
  const { queues } = QueueStats.parse(await response.json());
  return Object.fromEntries(queues.map((state) => [state.queue, state]));
}

/** A booking that is made and paid; then the cardholder says that it was not. */
async function disputedBooking(): Promise<void> {
  const { job_id } = await submit(cloud, '/jobs/booking/process', bookingRequest(), withKey('disputed'));
  const { result } = await jobWhen(cloud, job_id, hasEnded);
  const object = { object: 'dispute', id: 'dp_1', payment_intent: StoredReservation.parse(result).payment_id };
  const event = { id: 'evt_1', object: 'event', type: 'charge.dispute.created', data: { object } };
  const { body, headers } = signedEvent(cloud, event);
  const url = `${cloud.apiUrl}${basePath}${routes.receive_stripe_event.path}`;
  expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);
}

async function photoThatIsMissing(): Promise<void> {
  const form = await (await cloud.call('/uploads', { body: { content_type: 'image/jpeg' } })).json();
  const { upload_key } = UploadForm.parse(form);
  const { job_id } = await submit(cloud, '/jobs/image/process', { upload_key });
  expect(await jobWhen(cloud, job_id, hasEnded)).toMatchObject({ status: 'failed' });
}

function alarm(name: string): Alarm {
  const found = cloud.alarms().find((each) => each.name === name);
  if (!found) throw new Error(`There is no alarm ${name}.`);
  return found;
}
