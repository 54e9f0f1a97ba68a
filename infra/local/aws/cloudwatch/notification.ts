import type { AlarmChange } from './alarm.ts';

/** What is told of an alarm to a topic: its subject, and a message with the fields that AWS's has, in JSON. */
export function alarmNotification({ alarm, from }: AlarmChange): {
  readonly subject: string;
  readonly message: string;
} {
  const { name, arn, state, reason, since, properties, actions, kind } = alarm;
  const [, , , Region = '', AWSAccountId] = arn.split(':');
  const { AlarmDescription = null, AlarmRule, ActionsEnabled: _, Tags: __, ...Trigger } = properties;
  const message = {
    AlarmName: name,
    AlarmDescription,
    AWSAccountId,
    NewStateValue: state,
    NewStateReason: reason,
    StateChangeTime: new Date(since).toISOString().replace('Z', '+0000'),
    Region,
    AlarmArn: arn,
    OldStateValue: from,
    OKActions: actions.OK,
    AlarmActions: actions.ALARM,
    InsufficientDataActions: actions.INSUFFICIENT_DATA,
    ...(kind === 'CompositeAlarm' ? { AlarmRule } : { Trigger }),
  };
  return { subject: `${state}: "${name}" in ${Region}`, message: JSON.stringify(message) };
}
