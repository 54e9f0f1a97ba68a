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
} as const satisfies Partial<Record<AlarmName, Remediation>>;

/** A pause ends by itself after this, also if its alarm still fires. Far below the wait limit of the queue that is paused. */
export const pauseMinutes = 30;

/** Pauses and redrives in an hour, of all alarms together. What more would be for is trouble that needs a person. */
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

/** Whether something is done about the alarm without a person. */
export function isRemediated(name: string): name is RemediatedAlarm {
  return Object.hasOwn(remediations, name);
}

type Remediation = { readonly queues: readonly QueueName[] } & (
  | { readonly action: 'pause'; readonly pauses: QueueName }
  | { readonly action: 'redrive' }
);
