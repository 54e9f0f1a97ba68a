import type { QueueName } from '../catalog/queues.ts';
import { actionsPerHour, pauseMinutes, type RemediatedAlarm, remediations } from '../catalog/remediations.ts';
import { dueAt, type Raise, type RaiseWanted, type RemedialRaise, remedialRaise, type WhyNotRaised } from './raises.ts';

/** An alarm has begun or ended. */
export interface AlarmNotice {
  readonly alarm: RemediatedAlarm;
  readonly queue: QueueName;
  readonly change: 'began' | 'ended';
  /** The same for each delivery of one notice. */
  readonly id: string;
}

/** What has been done, and what is to be undone. */
export interface RemediationState {
  /** Rises with each write. */
  readonly version: number;
  /** The actions of the last hour. */
  readonly acts: readonly { readonly notice: string; readonly at: number }[];
  readonly pauses: readonly RemedialPause[];
  /** At most one a queue. */
  readonly raises: readonly RemedialRaise[];
}

export interface RemedialPause {
  readonly queue: QueueName;
  /** Which alarm it is for. */
  readonly alarm: RemediatedAlarm;
  readonly alarmQueue: QueueName;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Keeps the one state. Rejects when the store fails. */
export interface RemediationStore {
  read(): Promise<RemediationState>;
  /** False when somebody else has written since the state was read. */
  replace(before: RemediationState, after: RemediationState): Promise<boolean>;
}

export type Remedy =
  | { readonly kind: 'pause'; readonly queue: QueueName; readonly until: number }
  | { readonly kind: 'resume'; readonly queue: QueueName }
  | { readonly kind: 'redrive'; readonly queue: QueueName }
  | Raise
  | { readonly kind: 'put_back'; readonly queue: QueueName }
  | { readonly kind: 'none'; readonly why: WhyNothing };

type WhyNothing = 'nothing_to_do' | 'done_before' | 'too_many_this_hour' | 'raised_already' | WhyNotRaised;

/** A remedy as far as the notice and the state tell; whether and how far a consumer can be raised, only it knows. */
export type WantedRemedy = Exclude<Remedy, Raise> | RaiseWanted;

export const noRemediation: RemediationState = { version: 0, acts: [], pauses: [], raises: [] };

const HOUR_MILLISECONDS = 3_600_000;

/** What the notice calls for. To resume or to put back is never refused: it only takes back. */
export function remedyFor(notice: AlarmNotice, state: RemediationState, now: number): WantedRemedy {
  const row = remediations[notice.alarm];
  if (!row.queues.some((queue) => queue === notice.queue)) return { kind: 'none', why: 'nothing_to_do' };
  if (row.action === 'pause')
    return notice.change === 'began' ? pause(row.pauses, notice, state, now) : resume(notice, state);
  if (row.action === 'raise') return notice.change === 'began' ? raise(notice, state, now) : putBack(notice, state);
  if (notice.change === 'began') return { kind: 'none', why: 'nothing_to_do' };
  return bounded({ kind: 'redrive', queue: notice.queue }, notice, state, now);
}

function pause(queue: QueueName, notice: AlarmNotice, state: RemediationState, now: number): WantedRemedy {
  if (state.pauses.some((one) => one.queue === queue)) return { kind: 'none', why: 'nothing_to_do' };
  return bounded({ kind: 'pause', queue, until: now + pauseMinutes * 60_000 }, notice, state, now);
}

function resume({ alarm, queue }: AlarmNotice, { pauses }: RemediationState): WantedRemedy {
  const ours = pauses.find((one) => one.alarm === alarm && one.alarmQueue === queue);
  return ours ? { kind: 'resume', queue: ours.queue } : { kind: 'none', why: 'nothing_to_do' };
}

function raise(notice: AlarmNotice, state: RemediationState, now: number): WantedRemedy {
  const { queue } = notice;
  if (isRaised(queue, state)) return { kind: 'none', why: 'raised_already' };
  return bounded({ kind: 'raise', queue }, notice, state, now);
}

function putBack({ queue }: AlarmNotice, state: RemediationState): WantedRemedy {
  return isRaised(queue, state) ? { kind: 'put_back', queue } : { kind: 'none', why: 'nothing_to_do' };
}

function isRaised(queue: QueueName, { raises }: RemediationState): boolean {
  return raises.some((one) => one.queue === queue);
}

function bounded(remedy: WantedRemedy, { id }: AlarmNotice, state: RemediationState, now: number): WantedRemedy {
  const acts = recent(state, now);
  if (acts.some(({ notice }) => notice === id)) return { kind: 'none', why: 'done_before' };
  return acts.length < actionsPerHour ? remedy : { kind: 'none', why: 'too_many_this_hour' };
}

/**
 * The state once a remedy is taken on, before it is carried out: what is done and not written could be done for ever. What is to be put back is
 * due from then on, and tried until it succeeds.
 */
export function takenOn(
  remedy: Extract<Remedy, { readonly kind: 'pause' | 'redrive' | 'raise' | 'put_back' }>,
  notice: AlarmNotice,
  state: RemediationState,
  now: number,
): RemediationState {
  if (remedy.kind === 'put_back') return { ...state, raises: dueAt(now, remedy.queue, state.raises) };
  const acts = [...recent(state, now), { notice: notice.id, at: now }];
  if (remedy.kind === 'redrive') return { ...state, acts };
  if (remedy.kind === 'raise') return { ...state, acts, raises: [...state.raises, remedialRaise(remedy)] };
  const { queue, until } = remedy;
  return { ...state, acts, pauses: [...state.pauses, { queue, until, alarm: notice.alarm, alarmQueue: notice.queue }] };
}

/** The state without the pause of a queue. */
export function withoutPause(queue: QueueName, state: RemediationState): RemediationState {
  return { ...state, pauses: state.pauses.filter((one) => one.queue !== queue) };
}

function recent({ acts }: RemediationState, now: number): RemediationState['acts'] {
  return acts.filter(({ at }) => at > now - HOUR_MILLISECONDS);
}
