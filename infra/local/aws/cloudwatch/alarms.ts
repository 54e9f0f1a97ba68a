import type { Clock } from '../../clock.ts';
import type { Alarm, AlarmChange, AlarmDefinition, Evidence } from './alarm.ts';
import { ExpressionError } from './expression.ts';
import type { MetricStore } from './metric-store.ts';

export interface Alarms {
  add(definition: AlarmDefinition): void;
  all(): readonly Alarm[];
  /** Judges every alarm on the minutes that had ended at a moment on the minute. */
  evaluate(endedAt: number, listener: AlarmListener): void;
  /** Throws ExpressionError if an alarm names another that does not exist. */
  check(): void;
}

/** Told of each alarm that comes into another state. */
export type AlarmListener = (change: AlarmChange) => void;

/** Alarms begin in INSUFFICIENT_DATA, as new ones do, and so they do at every start. */
export function createAlarms(store: MetricStore, clock: Clock): Alarms {
  const alarms = new Map<string, Alarm>();
  const ofKind = (wanted: Alarm['kind']) => [...alarms.values()].filter(({ kind }) => kind === wanted);
  const find = (reference: string): Alarm => {
    const name = reference.replace(/^arn:.*:alarm:/, '');
    const found = alarms.get(name);
    if (!found) throw new ExpressionError(`There is no alarm ${name}.`);
    return found;
  };

  const judge = (alarm: Alarm, evidence: Evidence, listener: AlarmListener) => {
    const judgement = alarm.judge(evidence);
    if (judgement === undefined) return;
    const isChanged = judgement.state !== alarm.state;
    const judged = { ...alarm, ...judgement, since: isChanged ? clock.now() : alarm.since };
    alarms.set(alarm.name, judged);
    if (isChanged) listener({ alarm: judged, from: alarm.state });
  };

  return {
    add: (definition) => {
      const reason = definition.inert ?? 'Not judged yet.';
      alarms.set(definition.name, { ...definition, state: 'INSUFFICIENT_DATA', reason, since: clock.now() });
    },
    all: () => [...alarms.values()],
    evaluate(endedAt, listener) {
      const evidence = { store, endedAt, find };
      for (const alarm of ofKind('MetricAlarm')) judge(alarm, evidence, listener);
      // As many rounds as there are: a composite alarm may stand on others in any order.
      for (const _ of ofKind('CompositeAlarm')) {
        for (const alarm of ofKind('CompositeAlarm')) judge(alarm, evidence, listener);
      }
    },
    check() {
      for (const alarm of ofKind('CompositeAlarm')) alarm.judge({ store, endedAt: clock.now(), find });
    },
  };
}
