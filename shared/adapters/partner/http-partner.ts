import * as z from 'zod';
import type { NewReservation, ReadSecret, Reservation, ReservationPartner } from '../../domain/booking.ts';
import { boundedJson } from './bounded-json.ts';
import { partnerFailure, unreadableAnswer } from './partner-failure.ts';

/** How long the partner may take to answer one call, milliseconds. */
const TIMEOUT_MILLISECONDS = 8_000;

/** The partner's answers are some hundred bytes. */
const LONGEST_ANSWER_BYTES = 65_536;

/**
 * The reservation partner's HTTP API: a reservation is a resource under a reference of ours, which PUT makes, GET tells and DELETE gives back,
 * so each may be repeated (docs/bookings.md). A call is tried once; what an unclear end means is for the job to find out.
 */
export class HttpReservationPartner implements ReservationPartner {
  readonly #baseUrl: string;
  readonly #token: ReadSecret;

  constructor(baseUrl: string, token: ReadSecret) {
    this.#baseUrl = baseUrl;
    this.#token = token;
  }

  async reserve(reference: string, reservation: NewReservation): Promise<Reservation> {
    const { status, body } = await this.#call('PUT', reference, wireForm(reservation));
    const found = status === 200 || status === 201 ? standing(reference, body) : undefined;
    return found ?? Promise.reject(unreadableAnswer('PUT', status));
  }

  async find(reference: string): Promise<Reservation | undefined> {
    const { status, body } = await this.#call('GET', reference);
    if (status === 404) return undefined;
    if (status !== 200) throw unreadableAnswer('GET', status);
    return standing(reference, body);
  }

  async cancel(reference: string): Promise<void> {
    const { status } = await this.#call('DELETE', reference);
    if (status !== 204) throw unreadableAnswer('DELETE', status);
  }

  async #call(method: 'GET' | 'PUT' | 'DELETE', reference: string, body?: unknown) {
    const authorization = `Bearer ${await this.#token()}`;
    const response = await fetch(new URL(`/v1/reservations/${encodeURIComponent(reference)}`, this.#baseUrl), {
      method,
      headers: { authorization, accept: 'application/json', ...(body !== undefined && jsonType) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    }).catch((cause: unknown) => Promise.reject(unreadableAnswer(method, undefined, cause)));
    const answer = await boundedJson(response, LONGEST_ANSWER_BYTES).catch((cause: unknown) =>
      Promise.reject(unreadableAnswer(method, response.status, cause)),
    );
    const isAnswer = response.ok || (method === 'GET' && response.status === 404);
    if (!isAnswer) throw partnerFailure(method, response, answer);
    return { status: response.status, body: answer };
  }
}

const jsonType = { 'content-type': 'application/json' } as const;

function wireForm({ venueId, partySize, startsAt, timeZone, traveller, specialRequests }: NewReservation) {
  return {
    venue_id: venueId,
    party_size: partySize,
    starts_at: new Date(startsAt).toISOString(),
    time_zone: timeZone,
    contact: traveller,
    ...(specialRequests !== undefined && { special_requests: specialRequests }),
  };
}

/** Undefined for a reservation that was given back. */
function standing(reference: string, body: unknown): Reservation | undefined {
  const { success, data } = Answer.safeParse(body);
  if (!success) throw unreadableAnswer('answer', undefined);
  return data.status === 'confirmed' ? { reference, confirmationCode: data.confirmation_code } : undefined;
}

const Answer = z.object({
  status: z.enum(['confirmed', 'cancelled']),
  confirmation_code: z.string().min(1).max(64),
});
