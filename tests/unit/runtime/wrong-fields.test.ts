import { beforeEach, describe, expect, it } from 'vitest';
import { mostStories } from '../../../shared/catalog/batches.ts';
import { routes } from '../../../shared/catalog/routes.ts';
import { ProcessReservationRequest } from '../../../shared/catalog/schemas/booking.ts';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { newId } from '../../support/job-builder.ts';
import { submitApi, type TestAnswer } from '../../support/submit-api.ts';

let api: ReturnType<typeof submitApi>;
beforeEach(() => {
  api = submitApi();
});

const booking = ProcessReservationRequest.parse(ProcessReservationRequest.meta()?.examples?.[0]);
const story = { location: { latitude: 35.17, longitude: -103.72 } };
/** Wrong in every way that no schema can tell. */
const options = { callback_url: 'https://10.0.0.1/', delay: 5, run_at: '2099-01-01T00:00:00Z', expires_in: 1 };
const wrongOptions = ['callback_url', 'expires_in', 'run_at', 'run_at'];

function problemOf({ statusCode, body }: TestAnswer) {
  const { status, code, detail, errors = [] } = ProblemDocument.parse(body);
  expect(statusCode).toBe(status);
  return { code, detail, paths: errors.map(({ path }) => path).toSorted() };
}

describe('a submit is told every wrong field at once', () => {
  it('of its options, each for everything that is wrong with it', async () => {
    expect(problemOf(await api.post({ ...story, ...options }))).toEqual({
      code: 'invalid_request',
      detail: '3 fields are wrong',
      paths: wrongOptions,
    });
  });

  it.each([
    [
      'a booking in the past',
      routes.process_reservation.path,
      { ...booking, local_time: '2020-01-01T12:00' },
      'local_time',
    ],
    [
      'somebody else’s photo',
      routes.process_image.path,
      { upload_key: `uploads/nLfYkU5K0pY6xUeQ3mXb1A/${newId()}` },
      'upload_key',
    ],
    [
      'too many stories',
      routes.pregenerate_stories.path,
      {
        routes: Array.from({ length: 50 }, () => ({ origin: 'Moab', destination: 'Flagstaff' })),
        themes: Array.from({ length: Math.ceil(mostStories / 50) }, (_, index) => `theme ${index}`),
      },
      'themes',
    ],
    ['somebody else’s story', routes.generate_highlights.path, { stories: [{ job_id: newId() }] }, 'stories[0].job_id'],
  ])('of %s too', async (_, path, body, wrong) => {
    const headers = { 'idempotency-key': 'k' };
    const answer = await api.postTo(path, { ...body, ...options }, { headers });
    expect(problemOf(answer).paths).toEqual([...wrongOptions, wrong].toSorted());
    expect(api.world.store.heads.size).toBe(0);
  });

  it('of its headers too, whether or not a schema tells the other ones', async () => {
    const { path } = routes.process_reservation;
    const judged = await api.postTo(path, { ...booking, local_time: '2020-01-01T12:00' });
    expect(problemOf(judged)).toMatchObject({ code: 'invalid_request', paths: ['Idempotency-Key', 'local_time'] });
    const parsed = await api.postTo(path, { ...booking, party_size: 0 }, { headers: { 'idempotency-key': 'a b' } });
    expect(problemOf(parsed)).toMatchObject({ code: 'invalid_request', paths: ['Idempotency-Key', 'party_size'] });
  });

  it('before it is told that what it names does not exist', async () => {
    const headers = { 'idempotency-key': 'k' };
    const cancellation = { job_id: newId() };
    const { path } = routes.cancel_reservation;
    const wrong = await api.postTo(path, { ...cancellation, ...options }, { headers });
    expect(problemOf(wrong)).toMatchObject({ code: 'invalid_request', paths: wrongOptions });
    expect(problemOf(await api.postTo(path, cancellation, { headers })).code).toBe('job_not_found');
  });
});

describe('what is wrong is said in words for the reader', () => {
  const recipient = { channel: 'email', address: 'ada@example.com' };
  const notification = { recipients: [recipient], title: 'Ready', body: 'Your stories are ready.' };

  it.each([
    [{ callback_url: 'http://x.example/' }, 'callback_url', 'must be an https URL'],
    [{ data: { aps: '1' } }, 'data.aps', 'is not a name that both services allow'],
    [{ collapse_key: 'a b' }, 'collapse_key', expect.stringMatching(/^must be 1 to 64 letters/)],
    [{ recipients: [{ ...recipient, channel: 'sms' }] }, 'recipients[0].channel', 'must be one of push, email'],
    [{ title: '\u200B\u202C' }, 'title', 'must have a character that can be seen'],
    [{ title: 'Ready\u202Enot' }, 'title', 'must be one line of printable text'],
    [{ body: '\u200B \u2060' }, 'body', 'must have a character that can be seen'],
  ])('%j', async (wrong, path, message) => {
    const { body } = await api.postTo(routes.send_notification.path, { ...notification, ...wrong });
    expect(ProblemDocument.parse(body).errors).toEqual([{ path, message }]);
  });

  it.each(['Санта-Фе', '聖塔菲', 'سانتا في', '🚗', 'Zoë \u2067שלום\u2069'])('and %s is a title', async (title) => {
    expect((await api.postTo(routes.send_notification.path, { ...notification, title })).statusCode).toBe(202);
  });
});

it('a booking that lacks nothing but its key is told so by a code of its own', async () => {
  const answer = await api.postTo(routes.process_reservation.path, { ...booking, local_time: '2026-07-04T19:30' });
  expect(problemOf(answer)).toMatchObject({ code: 'idempotency_key_required', paths: ['Idempotency-Key'] });
});
