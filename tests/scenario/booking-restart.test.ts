import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type ProviderFault, ProviderFaults } from '../../infra/local/providers/provider-faults.ts';
import { ProviderStore } from '../../infra/local/providers/provider-store.ts';
import { stripeObjects } from '../../infra/local/providers/stripe/objects.ts';
import { JobView } from '../../shared/catalog/schemas/job.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { hasEnded } from '../support/api-client.ts';
import { bookingRequest } from '../support/booking-scene.ts';
import { newDataFolder, type StartedCommand, startCommand } from '../support/start-command.ts';

describe('npm start, killed between an act for a booking and its record', () => {
  it.each([
    ['the money is held', 'stripe.confirm', 'stripe_charge'],
    ['the table is reserved', 'partner.reserve', 'partner_reservation'],
    ['the money is taken', 'stripe.capture', 'stripe_charge'],
  ] as const)(
    'after %s completes the booking after the next start, with one charge',
    async (_, operation, kind) => {
      const dataFolder = newDataFolder();
      const first = await startCommand(dataFolder);
      const provider = openProvider(dataFolder);
      provider.addFault({ operation, how: 'hang', moment: 'after', times: 1 });
      const jobId = await book(first);
      while (!provider.hasTaken(operation) || provider.count(kind) === 0) await sleep(20);
      first.process.kill('SIGKILL');
      await first.exited;

      const second = await startCommand(dataFolder);
      const job = await untilEnded(second, jobId);
      second.process.kill('SIGTERM');
      await second.exited;
      expect(job.status).toBe('completed');
      expect(job.attempt).toBeGreaterThan(1);
      expect(provider.charges().map(({ captured, refunded }) => ({ captured, refunded }))).toEqual([
        { captured: true, refunded: false },
      ]);
      expect(provider.count('partner_reservation')).toBe(1);
      provider.close();
    },
    90_000,
  );
});

/** The providers as another process keeps them: what they did is in the data folder, and faults are taken from there. */
function openProvider(dataFolder: string) {
  const database = new DatabaseSync(path.join(dataFolder, 'cloud.sqlite'));
  database.exec('PRAGMA busy_timeout = 5000');
  const faults = new ProviderFaults(database);
  const objects = stripeObjects(new ProviderStore(database));
  const counted = (sql: string, name: string) => Number(database.prepare(sql).get(name)?.n);
  return {
    addFault: (fault: ProviderFault) => faults.add(fault),
    charges: () => objects.charges(),
    count: (kind: string) => counted('SELECT count(*) AS n FROM provider_objects WHERE kind = ?', kind),
    hasTaken: (operation: string) => faults.met(operation) > 0,
    close: () => database.close(),
  };
}

async function book({ apiUrl, token }: StartedCommand): Promise<string> {
  const response = await fetch(`${apiUrl}/jobs/booking/process`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'once' },
    body: JSON.stringify(bookingRequest()),
  });
  return SubmitAnswer.parse(await response.json()).job_id;
}

async function untilEnded({ apiUrl, token }: StartedCommand, jobId: string) {
  for (;;) {
    const response = await fetch(`${apiUrl}/jobs/status/${jobId}`, { headers: { authorization: `Bearer ${token}` } });
    const job = JobView.parse(await response.json());
    if (hasEnded(job)) return job;
    await sleep(50);
  }
}
