import { describe, expect, it } from 'vitest';
import { raiseMinutes } from '../../../shared/catalog/remediations.ts';
import type { QueueConsumer } from '../../../shared/domain/ports.ts';
import { dueAt, type RemedialRaise, raiseOf, withoutRaise } from '../../../shared/domain/raises.ts';
import {
  type AlarmNotice,
  noRemediation,
  type RemediationState,
  remedyFor,
  takenOn,
} from '../../../shared/domain/remediation.ts';

const now = Date.UTC(2026, 10, 25, 8);
const until = now + raiseMinutes * 60_000;

const tooOld: AlarmNotice = { alarm: 'oldest_message_too_old', queue: 'booking', change: 'began', id: 'n1' };
const overAgain: AlarmNotice = { ...tooOld, change: 'ended', id: 'n2' };
const raiseOfOurs: RemedialRaise = { queue: 'booking', concurrency: 6, until };
const withRaises = (...raises: readonly RemedialRaise[]): RemediationState => ({ ...noRemediation, raises });
const none = (why: string) => ({ kind: 'none', why });

describe('a queue whose oldest message is too old', () => {
  it.each<[string, QueueConsumer, number, object]>([
    [
      'half as many again',
      { state: 'running', concurrency: 4 },
      10,
      { kind: 'raise', before: 4, concurrency: 6, until },
    ],
    ['rounded up', { state: 'running', concurrency: 5 }, 10, { kind: 'raise', before: 5, concurrency: 8 }],
    ['no more than the bound', { state: 'running', concurrency: 8 }, 10, { kind: 'raise', before: 8, concurrency: 10 }],
    ['nothing at the bound', { state: 'running', concurrency: 10 }, 10, none('at_bound')],
    ['nothing above it', { state: 'running', concurrency: 12 }, 10, none('at_bound')],
    ['nothing without a limit', { state: 'running' }, 10, none('at_bound')],
    ['nothing while it is paused', { state: 'paused', concurrency: 4 }, 10, none('queue_paused')],
    ['nor about to be', { state: 'pausing', concurrency: 4 }, 10, none('queue_paused')],
    ['nothing during a deployment', { state: 'changing', concurrency: 4 }, 10, none('consumer_changing')],
    ['nor while it is resumed', { state: 'resuming', concurrency: 4 }, 10, none('consumer_changing')],
  ])('gets %s', (_, consumer, most, expected) => {
    expect(raiseOf('booking', consumer, most, now)).toMatchObject(expected);
  });

  it('is to be raised when the alarm begins, once a notice and as often as the hour allows', () => {
    expect(remedyFor(tooOld, noRemediation, now)).toEqual({ kind: 'raise', queue: 'booking' });
    expect(remedyFor(tooOld, { ...noRemediation, acts: [{ notice: 'n1', at: now }] }, now)).toEqual(
      none('done_before'),
    );
    const acts = ['a', 'b', 'c', 'd'].map((notice) => ({ notice, at: now }));
    expect(remedyFor(tooOld, { ...noRemediation, acts }, now)).toEqual(none('too_many_this_hour'));
  });

  it('is not raised a second time before it is put back, while another queue may be', () => {
    expect(remedyFor(tooOld, withRaises(raiseOfOurs), now)).toEqual(none('raised_already'));
    const another = withRaises({ ...raiseOfOurs, queue: 'default' });
    expect(remedyFor(tooOld, another, now)).toMatchObject({ kind: 'raise' });
  });

  it('is to be put back when it ends, whatever else was done, if it was raised', () => {
    const acts = ['a', 'b', 'c', 'd'].map((notice) => ({ notice, at: now }));
    expect(remedyFor(overAgain, { ...withRaises(raiseOfOurs), acts }, now)).toEqual({
      kind: 'put_back',
      queue: 'booking',
    });
    expect(remedyFor(overAgain, withRaises({ ...raiseOfOurs, queue: 'default' }), now)).toEqual(none('nothing_to_do'));
  });

  it.each(['voice_synthesis', 'analytics'] as const)('is left alone if it is %s', (queue) => {
    expect(remedyFor({ ...tooOld, queue }, noRemediation, now)).toEqual(none('nothing_to_do'));
  });
});

describe('what is written of a raise', () => {
  it('is the act, and what the queue was raised to', () => {
    const remedy = { kind: 'raise', queue: 'booking', before: 4, concurrency: 6, until } as const;
    expect(takenOn(remedy, tooOld, noRemediation, now)).toEqual({
      ...noRemediation,
      acts: [{ notice: 'n1', at: now }],
      raises: [raiseOfOurs],
    });
  });

  it('is due once it is to be put back, and no act', () => {
    const another = { ...raiseOfOurs, queue: 'default' } as const;
    const after = takenOn({ kind: 'put_back', queue: 'booking' }, overAgain, withRaises(raiseOfOurs, another), now);
    expect(after).toEqual(withRaises({ ...raiseOfOurs, until: now }, another));
    expect(dueAt(now, 'analytics', [raiseOfOurs])).toEqual([raiseOfOurs]);
  });

  it('is no longer there once it is put back, and that of another queue still is', () => {
    const another = { ...raiseOfOurs, queue: 'default' } as const;
    expect(withoutRaise('booking', [raiseOfOurs, another])).toEqual([another]);
  });
});
