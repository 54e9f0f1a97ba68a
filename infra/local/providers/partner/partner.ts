import * as z from 'zod';
import type { ProviderFaults } from '../provider-faults.ts';
import { type Provider, type ProviderAnswer, type ProviderRequest, startProvider } from '../provider-server.ts';
import type { ProviderStore } from '../provider-store.ts';

export interface PartnerOptions {
  readonly token: string;
  readonly store: ProviderStore;
  readonly faults: ProviderFaults;
  readonly log: (line: string) => void;
}

/** Venues that answer in a way of their own; any other venue has room. */
const oddVenues: Readonly<Record<string, ProviderAnswer>> = {
  'always-full': { status: 409, body: { code: 'venue_full' } },
  'no-such-venue': { status: 404, body: { code: 'venue_unknown' } },
};

/** One that never takes a reservation back. */
const strictVenue = 'never-cancels';

const Reservation = z.object({
  reference: z.string(),
  confirmation_code: z.string(),
  status: z.enum(['confirmed', 'cancelled']),
  venue_id: z.string(),
});

const Wanted = z.strictObject({
  venue_id: z.string().min(1),
  party_size: z.int().positive(),
  starts_at: z.iso.datetime(),
  time_zone: z.string(),
  contact: z.strictObject({ name: z.string(), email: z.string(), phone: z.string().optional() }),
  special_requests: z.string().optional(),
});

const kind = 'partner_reservation';

/** The reservation partner: reservations under the caller's references (docs/bookings.md). */
export function startPartner({ token, store, faults, log }: PartnerOptions): Promise<Provider> {
  return startProvider({
    faults,
    log,
    throttled: { status: 429, headers: { 'retry-after': '1' }, body: { code: 'too_many_requests' } },
    operationOf: ({ method }) => operations[method] ?? 'partner.other',
    answer(request, failure) {
      const reference = /^\/v1\/reservations\/([^/]+)$/.exec(request.path)?.[1];
      if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: { code: 'unauthorized' } };
      if (reference === undefined) return { status: 404, body: { code: 'not_found' } };
      if (failure === 'before') return broken;
      const answer = handle(decodeURIComponent(reference), request, store);
      return failure === 'after' ? broken : answer;
    },
  });
}

const operations: Readonly<Record<string, string>> = {
  PUT: 'partner.reserve',
  GET: 'partner.find',
  DELETE: 'partner.cancel',
};

const broken: ProviderAnswer = { status: 500, body: { code: 'internal' } };

function handle(reference: string, { method, body }: ProviderRequest, store: ProviderStore): ProviderAnswer {
  const known = store.get(kind, reference, Reservation);
  switch (method) {
    case 'PUT':
      return reserve(reference, body, known, store);
    case 'GET':
      return known ? { status: 200, body: known } : { status: 404, body: { code: 'not_found' } };
    case 'DELETE':
      return cancel(reference, known, store);
    default:
      return { status: 405, body: { code: 'method_not_allowed' } };
  }
}

function reserve(
  reference: string,
  body: string,
  known: z.infer<typeof Reservation> | undefined,
  store: ProviderStore,
): ProviderAnswer {
  const wanted = Wanted.safeParse(JSON.parse(body));
  if (!wanted.success) return { status: 422, body: { code: 'invalid', detail: wanted.error.message } };
  if (known?.status === 'cancelled') return { status: 409, body: { code: 'reservation_cancelled' } };
  if (known) return { status: 200, body: known };
  const { venue_id } = wanted.data;
  const odd = oddVenues[venue_id];
  if (odd) return odd;
  const made = { reference, status: 'confirmed', venue_id, confirmation_code: codeOf(reference) };
  store.put(kind, reference, made);
  return { status: 201, body: made };
}

/** A reference that was never used is cancelled too: a request for it that is still under way must come to nothing. */
function cancel(
  reference: string,
  known: z.infer<typeof Reservation> | undefined,
  store: ProviderStore,
): ProviderAnswer {
  if (known?.venue_id === strictVenue && known.status === 'confirmed')
    return { status: 409, body: { code: 'too_late' } };
  const unknown = { reference, confirmation_code: codeOf(reference), venue_id: '' };
  store.put(kind, reference, { ...(known ?? unknown), status: 'cancelled' });
  return { status: 204 };
}

/** A few characters that differ from reference to reference. */
function codeOf(reference: string): string {
  let hash = 7;
  for (const character of reference) hash = (hash * 31 + character.charCodeAt(0)) % 36 ** 6;
  return hash.toString(36).toUpperCase().padStart(6, '0');
}
