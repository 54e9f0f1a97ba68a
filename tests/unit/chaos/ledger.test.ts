import { describe, expect, it } from 'vitest';
import { type AcceptedJob, type Counted, ledgerOf } from '../../chaos/soak/ledger.ts';
import { planJobs } from '../../chaos/soak/soak-plan.ts';
import type { JobDocument } from '../../support/api-client.ts';

const nothingCounted: Counted = { unknown: 0, calls: new Map(), bookings: new Map(), sent: new Map() };

function job(kind: AcceptedJob['kind'], status: JobDocument['status'], change: Partial<AcceptedJob> = {}): AcceptedJob {
  return { number: '000001', kind, owner: 'ada', id: 'J1', last: { status, attempt: 1 }, ends: 1, ...change };
}

const asPromised: readonly AcceptedJob[] = [
  job('story', 'completed'),
  job('cancelled story', 'cancelled'),
  job('cancelled story', 'completed'),
  job('photo that was never uploaded', 'failed'),
  job('late job', 'expired'),
];

describe('the ledger of a soak', () => {
  it('finds nothing wrong with jobs that ended once, each in a way that it may', () => {
    const { lines, broken } = ledgerOf(asPromised, nothingCounted);
    expect(broken).toEqual([]);
    expect(Object.fromEntries(lines)).toMatchObject({
      accepted: 5,
      completed: 2,
      'failed by design': 1,
      'cancelled by their owner': 1,
      'expired by design': 1,
      'completion of those that could': '100.000 %',
    });
  });

  it.each([
    ['a job that nobody knows any more', job('story', 'accepted', { last: undefined }), 'lost: 1'],
    ['a job that does not end', job('story', 'retrying', { ends: 0 }), 'stuck: 1'],
    ['a job that ends again', job('story', 'completed', { ends: 2 }), 'ended twice: 1'],
    ['a story that fails', job('story', 'failed'), 'completed: only 66.667 %'],
    ['a story that is cancelled by nobody', job('story', 'cancelled'), 'completed: only 66.667 %'],
  ])('finds %s', (_, wrong, finding) => {
    expect(ledgerOf([...asPromised, wrong], nothingCounted).broken).toContain(finding);
  });

  it('finds jobs that nobody submitted', () => {
    expect(ledgerOf(asPromised, { ...nothingCounted, unknown: 1 }).broken).toEqual(['accepted twice: 1']);
  });

  it('finds a model that was asked more often than attempts and lost answers explain', () => {
    const calls = (carriedOut: number, unheard: number) => new Map([['000009', { carriedOut, unheard }]]);
    const story = [job('story', 'completed', { number: '000009' })];
    expect(ledgerOf(story, { ...nothingCounted, calls: calls(2, 1) }).broken).toEqual([]);
    expect(ledgerOf(story, { ...nothingCounted, calls: calls(2, 0) }).broken).toContain('effects made twice: 1');
  });

  it('finds a mailbox that was sent the same twice', () => {
    const notified = [job('notification', 'completed', { number: '000007' })];
    const sent = (times: number) => new Map([['soak-000007@example.com', times]]);
    expect(ledgerOf(notified, { ...nothingCounted, sent: sent(1) }).broken).toEqual([]);
    const { broken } = ledgerOf(notified, { ...nothingCounted, sent: sent(2) });
    expect(broken).toContain('notifications sent twice to somebody: 1');
  });

  it.each([
    ['completed', { taken: 1, held: 0, reserved: 1 }, true],
    ['completed', { taken: 2, held: 0, reserved: 1 }, false],
    ['completed', { taken: 0, held: 1, reserved: 1 }, false],
    ['completed', { taken: 1, held: 0, reserved: 0 }, false],
    ['cancelled', { taken: 0, held: 0, reserved: 0 }, true],
    ['cancelled', { taken: 0, held: 1, reserved: 0 }, false],
    ['cancelled', { taken: 1, held: 0, reserved: 0 }, false],
    ['cancelled', { taken: 0, held: 0, reserved: 1 }, false],
  ] as const)(
    'of a booking that ended %s, and for which the providers have done %j, is right: %s',
    (status, done, isRight) => {
      const booking = [job('cancelled booking', status), job('story', 'completed', { id: 'J2' })];
      const { broken } = ledgerOf(booking, { ...nothingCounted, bookings: new Map([['J1', done]]) });
      expect(broken.length === 0).toBe(isRight);
    },
  );
});

describe('the plan of a soak', () => {
  it('has every kind of job in each hundred, and the same jobs again for the same count', () => {
    expect(new Set(planJobs(100).map(({ kind }) => kind)).size).toBe(13);
    expect(planJobs(100)).toEqual(planJobs(1_000).slice(0, 100));
  });
});
