import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPartner } from '../../infra/local/providers/partner/partner.ts';
import { ProviderFaults } from '../../infra/local/providers/provider-faults.ts';
import { ProviderStore } from '../../infra/local/providers/provider-store.ts';
import { HttpReservationPartner } from '../../shared/adapters/partner/http-partner.ts';
import type { ReservationPartner } from '../../shared/domain/booking.ts';
import { FakePartner, Faults } from '../support/booking-fakes.ts';
import { startScriptedHttp } from '../support/scripted-http.ts';

const wanted = {
  venueId: 'blue-swallow',
  partySize: 2,
  startsAt: Date.UTC(2027, 6, 5, 1, 30),
  timeZone: 'America/Denver',
  traveller: { name: 'Ada Example', email: 'ada@example.com' },
};

/** What every reservation partner promises (shared/domain/booking.ts), whatever it is made of. */
function describeReservations(
  name: string,
  start: () => Promise<{ partner: ReservationPartner; close(): Promise<void> }>,
): void {
  describe(name, () => {
    let partner: ReservationPartner;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ partner, close } = await start());
    });
    afterAll(() => close());

    it('under one reference are one, are found, and can be given back twice', async () => {
      expect(await partner.find('job.reserve.1')).toBeUndefined();
      const reservation = await partner.reserve('job.reserve.1', wanted);
      expect(reservation.reference).toBe('job.reserve.1');
      expect(await partner.reserve('job.reserve.1', wanted)).toEqual(reservation);
      expect(await partner.find('job.reserve.1')).toEqual(reservation);
      await partner.cancel('job.reserve.1');
      await partner.cancel('job.reserve.1');
      expect(await partner.find('job.reserve.1')).toBeUndefined();
    });

    it('given back before they were made can never be made', async () => {
      await partner.cancel('job.reserve.2');
      const late = partner.reserve('job.reserve.2', wanted);
      await expect(late).rejects.toMatchObject({ retry: 'never', code: 'reservation_refused' });
      expect(await partner.find('job.reserve.2')).toBeUndefined();
    });
  });
}

describeReservations('reservations in memory', async () => ({
  partner: new FakePartner(new Faults()),
  close: async () => {},
}));

describeReservations('reservations over HTTP, at the local partner', async () => {
  const database = new DatabaseSync(':memory:');
  const kept = { store: new ProviderStore(database), faults: new ProviderFaults(database) };
  const provider = await startPartner({ token: 'right', ...kept, log: () => {} });
  const partner = new HttpReservationPartner(provider.url, async () => 'right');
  return { partner, close: () => provider.close() };
});

describe('what the partner answers', () => {
  let server: Awaited<ReturnType<typeof startScriptedHttp>>;
  beforeEach(async () => {
    server = await startScriptedHttp();
    return () => server.close();
  });
  const partner = () => new HttpReservationPartner(server.url, async () => 'token');
  const confirmed = { status: 'confirmed', confirmation_code: 'ABC' };

  it.each([
    [{ status: 409, body: { code: 'venue_full' } }, 'never', 'venue_full'],
    [{ status: 404, body: { code: 'venue_unknown' } }, 'never', 'venue_unknown'],
    [{ status: 422, body: { code: 'anything' } }, 'never', 'reservation_refused'],
    [{ status: 401, body: {} }, 'later', 'partner_misconfigured'],
    [{ status: 429, headers: { 'retry-after': '7' }, body: {} }, 'throttled', 'throttled'],
    [{ status: 500, body: 'oh <html>' }, 'later', 'partner_unavailable'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'later', 'partner_unavailable'],
    [{ status: 200, body: '{"confirmation_code":' }, 'later', 'partner_unavailable'],
    [{ status: 200, body: { ...confirmed, confirmation_code: '' } }, 'later', 'partner_unavailable'],
    [{ status: 200, body: { ...confirmed, padding: 'x'.repeat(70_000) } }, 'later', 'partner_unavailable'],
    [{ status: 200, body: { ...confirmed, status: 'cancelled' } }, 'later', 'partner_unavailable'],
  ] as const)('to a reservation as %j is %s, %s', async (answer, retry, code) => {
    server.answer = () => answer;
    await expect(partner().reserve('job.reserve.1', wanted)).rejects.toMatchObject({ retry, code });
    expect(server.seen).toHaveLength(1);
  });

  it('to a cancellation may be a refusal', async () => {
    server.answer = () => ({ status: 409, body: { code: 'too_late' } });
    await expect(partner().cancel('r')).rejects.toMatchObject({ retry: 'never', code: 'cancellation_refused' });
  });

  it('is asked with our token, our reference, and what the venue needs to know', async () => {
    server.answer = () => ({ status: 201, body: confirmed });
    await partner().reserve('a/b', { ...wanted, specialRequests: 'Outside, please' });
    expect(server.seen[0]).toMatchObject({ method: 'PUT', path: '/v1/reservations/a%2Fb' });
    expect(server.seen[0]?.headers.authorization).toBe('Bearer token');
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      venue_id: 'blue-swallow',
      party_size: 2,
      starts_at: '2027-07-05T01:30:00.000Z',
      time_zone: 'America/Denver',
      contact: { name: 'Ada Example', email: 'ada@example.com' },
      special_requests: 'Outside, please',
    });
  });
});
