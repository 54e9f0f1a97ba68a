import type { AlarmName } from './alarms.ts';
import type { QueueName } from './queues.ts';

/**
 * What is done by itself when an alarm fires or ends, for the queues named; nothing for any other alarm (docs/adr/0016-bounded-remediation.md).
 * Dead letters need nothing here: `bury-job` sends them again or fails their jobs.
 */
export const remediations = {
  upstream_throttled: {
    queues: ['ai_generation', 'voice_synthesis'],
    /** Batch work asks the same services as travellers who wait; it can wait itself. */
    action: 'pause',
    pauses: 'analytics',
  },
  upstream_unavailable: {
    queues: ['ai_generation', 'voice_synthesis', 'analytics'],
    /** When the service answers again: the jobs that failed because it did not. Never bookings, nor notifications, which would come late. */
    action: 'redrive',
  },
  oldest_message_too_old: {
    /** Each as far as the stage's `mostConcurrency` lets it. Not narration: Polly answers few calls at once. Nor batches: they can wait. */
    queues: ['booking', 'notifications', 'ai_generation', 'default', 'image_processing'],
    action: 'raise',
  },
} as const satisfies Partial<Record<AlarmName, Remediation>>;

/** A pause ends by itself after this, also if its alarm still fires. Far below the wait limit of the queue that is paused. */
export const pauseMinutes = 30;

/** A queue that does not keep up gets so many times the runs at a time that it has, rounded up; once, until that is put back. */
export const raiseFactor = 1.5;

/** What was raised is put back after this, should nobody have told that the alarm is over. Longer than the peak of a day. */
export const raiseMinutes = 360;

/** Pauses, redrives and raises in an hour, of all alarms together. What more would be for is trouble that needs a person. */
export const actionsPerHour = 4;

export const remedialRedrive = {
  jobsAtMost: 25,
  perSecond: 1,
  /** Only jobs that failed so recently. */
  failedWithinMinutes: 120,
} as const;

export type RemediatedAlarm = keyof typeof remediations;

export const remediatedAlarms = Object.keys(remediations).filter(isRemediated);

/** The queues that may be paused by itself. */
export const pausedQueues: readonly QueueName[] = remediatedAlarms.flatMap((alarm) => {
  const row: Remediation = remediations[alarm];
  return row.action === 'pause' ? [row.pauses] : [];
});

/** The queues whose consumers may be given more runs at a time by itself, as far as the stage lets them. */
export const raisedQueues: readonly QueueName[] = remediatedAlarms.flatMap((alarm) => {
  const row: Remediation = remediations[alarm];
  return row.action === 'raise' ? row.queues : [];
});

/** Whether something is done about the alarm without a person. */
export function isRemediated(name: string): name is RemediatedAlarm {
  return Object.hasOwn(remediations, name);
}

type Remediation = { readonly queues: readonly QueueName[] } & (
  | { readonly action: 'pause'; readonly pauses: QueueName }
  | { readonly action: 'redrive' }
  | { readonly action: 'raise' }
);
