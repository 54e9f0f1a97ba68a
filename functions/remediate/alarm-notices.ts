import * as z from 'zod';
import { cloudWatchName } from '../../shared/catalog/alarms.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { remediatedAlarms } from '../../shared/catalog/remediations.ts';
import type { AlarmNotice } from '../../shared/domain/remediation.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html; a scheduled run has no records. */
const Event = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })).default([]) });

/** What an alarm says when its state changes. */
const Message = z.object({
  AlarmName: z.string(),
  NewStateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  OldStateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  StateChangeTime: z.string(),
});

/** The alarms of the stage that have begun or ended, of those that something is done about. Throws when the event is no alarm's. */
export function alarmNotices(event: unknown, stage: string): readonly AlarmNotice[] {
  return Event.parse(event ?? {}).Records.flatMap(({ Sns }) => {
    const { AlarmName, NewStateValue, OldStateValue, StateChangeTime } = Message.parse(JSON.parse(Sns.Message));
    const known = watched.find(({ alarm, queue }) => cloudWatchName(stage, alarm, queue) === AlarmName);
    const change = NewStateValue === 'ALARM' ? 'began' : OldStateValue === 'ALARM' ? 'ended' : undefined;
    // Without data nobody knows whether it is over; a pause then ends when its time is over.
    if (!known || !change || NewStateValue === 'INSUFFICIENT_DATA') return [];
    return [{ ...known, change, id: `${AlarmName} ${StateChangeTime}` }];
  });
}

const watched = remediatedAlarms.flatMap((alarm) => queueNames.map((queue) => ({ alarm, queue })));
