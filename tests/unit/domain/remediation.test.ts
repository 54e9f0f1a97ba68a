import { describe, expect, it } from 'vitest';
import {
  type AlarmNotice,
  noRemediation,
  type RemedialPause,
  type RemediationState,
  remedyFor,
  takenOn,
  withoutPause,
} from '../../../shared/domain/remediation.ts';

const MINUTE = 60_000;
const now = Date.UTC(2026, 10, 25, 8);

const throttled: AlarmNotice = { alarm: 'upstream_throttled', queue: 'ai_generation', change: 'began', id: 'n1' };
const notThrottled: AlarmNotice = { ...throttled, change: 'ended', id: 'n2' };
const answersAgain: AlarmNotice = { alarm: 'upstream_unavailable', queue: 'analytics', change: 'ended', id: 'n3' };

const until = now + 30 * MINUTE;
const pauseOfOurs: RemedialPause = {
  queue: 'analytics',
  alarm: 'upstream_throttled',
  alarmQueue: 'ai_generation',
  until,
};

const withPauses = (...pauses: readonly RemedialPause[]): RemediationState => ({ ...noRemediation, pauses });
/** So many acts, each so many minutes ago. */
const withActs = (...minutesAgo: readonly number[]): RemediationState => ({
  ...noRemediation,
  acts: minutesAgo.map((ago) => ({ notice: `act ${ago} minutes ago`, at: now - ago * MINUTE })),
});
const none = (why: string) => ({ kind: 'none', why });

describe('what a notice of an alarm calls for', () => {
  it('is half an hour’s pause of batch work when a service that travellers wait for is asked too often', () => {
    expect(remedyFor(throttled, noRemediation, now)).toEqual({ kind: 'pause', queue: 'analytics', until });
  });

  it('is nothing for a queue that the alarm has no remedy for', () => {
    expect(remedyFor({ ...throttled, queue: 'booking' }, noRemediation, now)).toEqual(none('nothing_to_do'));
    expect(remedyFor({ ...answersAgain, queue: 'notifications' }, noRemediation, now)).toEqual(none('nothing_to_do'));
  });

  it('is no second pause of a queue that is paused, whatever for; the pause of another is none of it', () => {
    expect(remedyFor(throttled, withPauses(pauseOfOurs), now)).toEqual(none('nothing_to_do'));
    const another = withPauses({ ...pauseOfOurs, queue: 'image_processing' });
    expect(remedyFor(throttled, another, now)).toMatchObject({ kind: 'pause' });
  });

  it('is to resume what was paused for this alarm of this queue, and nothing else', () => {
    expect(remedyFor(notThrottled, withPauses(pauseOfOurs), now)).toEqual({ kind: 'resume', queue: 'analytics' });
    const ofOthers = [
      { ...pauseOfOurs, alarm: 'upstream_unavailable' as const },
      { ...pauseOfOurs, alarmQueue: 'voice_synthesis' as const },
    ];
    expect(remedyFor(notThrottled, withPauses(...ofOthers), now)).toEqual(none('nothing_to_do'));
    expect(remedyFor(notThrottled, noRemediation, now)).toEqual(none('nothing_to_do'));
  });

  it('is to run the failed jobs again once a service answers, and nothing while it does not', () => {
    expect(remedyFor(answersAgain, noRemediation, now)).toEqual({ kind: 'redrive', queue: 'analytics' });
    expect(remedyFor({ ...answersAgain, change: 'began' }, noRemediation, now)).toEqual(none('nothing_to_do'));
  });

  it('is nothing when the same notice comes again', () => {
    const done = { ...noRemediation, acts: [{ notice: 'n3', at: now - MINUTE }] };
    expect(remedyFor(answersAgain, done, now)).toEqual(none('done_before'));
  });

  it('is at most four acts in any hour, but a resume is never refused', () => {
    expect(remedyFor(answersAgain, withActs(59, 40, 20), now)).toMatchObject({ kind: 'redrive' });
    expect(remedyFor(answersAgain, withActs(59, 40, 20, 0), now)).toEqual(none('too_many_this_hour'));
    expect(remedyFor(answersAgain, withActs(60, 40, 20, 0), now)).toMatchObject({ kind: 'redrive' });
    const busy = { ...withActs(4, 3, 2, 1), pauses: [pauseOfOurs] };
    expect(remedyFor(notThrottled, busy, now)).toMatchObject({ kind: 'resume' });
  });
});

describe('what is written of a remedy', () => {
  it('is the act of a redrive, and what was done in the last hour', () => {
    const after = takenOn({ kind: 'redrive', queue: 'analytics' }, answersAgain, withActs(61, 10), now);
    expect(after).toEqual({
      version: 0,
      acts: [
        { notice: 'act 10 minutes ago', at: now - 10 * MINUTE },
        { notice: 'n3', at: now },
      ],
      pauses: [],
      raises: [],
    });
  });

  it('is the act of a pause, and whose pause it is', () => {
    const after = takenOn({ kind: 'pause', queue: 'analytics', until }, throttled, noRemediation, now);
    expect(after).toEqual({ ...noRemediation, acts: [{ notice: 'n1', at: now }], pauses: [pauseOfOurs] });
  });

  it('is no longer the pause of a queue that runs again, and still that of another', () => {
    const another = { ...pauseOfOurs, queue: 'image_processing' as const };
    expect(withoutPause('analytics', withPauses(pauseOfOurs, another))).toEqual(withPauses(another));
  });
});
