import type { MetricStore } from './metric-store.ts';

export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;

export type AlarmState = (typeof alarmStates)[number];

export interface Judgement {
  readonly state: AlarmState;
  readonly reason: string;
}

/** What an alarm is judged by: the minutes that ended by `endedAt`, and the other alarms. */
export interface Evidence {
  readonly store: MetricStore;
  readonly endedAt: number;
  /** By name or ARN; throws ExpressionError if there is no such alarm. */
  readonly find: (reference: string) => Alarm;
}

export interface AlarmDefinition {
  readonly name: string;
  readonly arn: string;
  readonly kind: 'MetricAlarm' | 'CompositeAlarm';
  /** As CloudFormation and the API have them. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** ARNs of what is told of each state. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
  /** Undefined leaves it in its state. */
  readonly judge: (evidence: Evidence) => Judgement | undefined;
  /** Why it is never judged, if it is not. */
  readonly inert?: string | undefined;
  /** How far back it looks, in milliseconds. */
  readonly rangeMs?: number;
}

export interface Alarm extends AlarmDefinition, Judgement {
  /** When it came into its state, milliseconds since the epoch. */
  readonly since: number;
}

/** An alarm that has changed its state, and the state it was in. */
export interface AlarmChange {
  readonly alarm: Alarm;
  readonly from: AlarmState;
}
