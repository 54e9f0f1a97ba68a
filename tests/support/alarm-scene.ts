import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import type { Alarm } from '../../infra/local/aws/cloudwatch/alarm.ts';
import { createFaultKit, type FaultKit } from '../../infra/local/faults/fault-kit.ts';
import { cloudWatchName } from '../../shared/catalog/alarms.ts';
import { LeapingClock } from './leaping-clock.ts';
import { startTestCloud, type TestCloud } from './local-cloud.ts';
import { ManualClock } from './manual-clock.ts';

/** A local cloud whose CloudWatch has its minutes from the test, and on which no schedule runs. */
export interface AlarmScene extends TestCloud {
  readonly faults: FaultKit;
  readonly clock: LeapingClock;
  /** In the order in which alarms came into another state: `name STATE`. */
  readonly told: readonly string[];
  /** One alarm of the stage `local`. */
  alarm(name: string, subject?: string): Alarm;
  /** No message of any queue is waiting or in work: what was to be measured is measured. */
  quiet(): Promise<void>;
  /**
   * Causes the trouble in one minute after the other until all of the alarms fire. Rejects when they do not within `minutes`.
   */
  untilFiring(alarms: readonly AlarmId[], minutes: number, cause?: () => Promise<unknown>): Promise<void>;
  /** Lets minutes pass in which nothing is wrong until none of the alarms fires; in each, `good` is done. */
  untilOver(alarms: readonly AlarmId[], good?: () => Promise<unknown>): Promise<void>;
}

export type AlarmId = readonly [name: string, subject?: string];

/** In the queue `default` and its dead-letter queue, what is not deleted comes again after a second, not after minutes. */
const redelivery = (queueName: string) => (/default/i.test(queueName) ? 1 : undefined);

/** An alarm on a quarter of an hour looks back over three of them while there is no news. */
const mostMinutes = 50;

export async function startAlarmScene(): Promise<AlarmScene> {
  const clock = new LeapingClock();
  const faults = createFaultKit();
  const told: string[] = [];
  const cloud = await startTestCloud({
    faults,
    onAlarm: ({ alarm }) => told.push(`${alarm.name} ${alarm.state}`),
    timeLapse: { watching: clock, schedules: new ManualClock(Date.now()), redelivery },
  });
  const alarm = (name: string, subject?: string) => {
    const wanted = cloudWatchName('local', name, subject);
    const found = cloud.alarms().find((each) => each.name === wanted);
    if (!found) throw new Error(`There is no alarm ${wanted}.`);
    return found;
  };
  const firing = (ids: readonly AlarmId[]) => ids.filter(([name, subject]) => alarm(name, subject).state === 'ALARM');
  const reasons = (ids: readonly AlarmId[]) => ids.map((id) => `${id.join(' ')}: ${alarm(...id).reason}`).join('\n');
  return {
    ...cloud,
    faults,
    clock,
    told,
    alarm,
    quiet: () =>
      vi.waitFor(
        () => {
          const busy = Object.entries(cloud.stats().queues).filter(
            ([, { visible, inFlight }]) => visible + inFlight > 0,
          );
          if (busy.length > 0) throw new Error(`Not quiet: ${busy.map(([name]) => name).join(', ')}`);
        },
        { timeout: 30_000, interval: 20 },
      ),
    async untilFiring(ids, minutes, cause = async () => {}) {
      for (let passed = 0; firing(ids).length < ids.length; passed += 1) {
        if (passed === minutes) throw new Error(`Not all fire after ${minutes} minutes:\n${reasons(ids)}`);
        await cause();
        // What a function has logged arrives a moment after its end.
        await sleep(100);
        clock.minutes(1);
      }
    },
    async untilOver(ids, good = async () => {}) {
      for (let passed = 0; firing(ids).length > 0; passed += 1) {
        if (passed === mostMinutes) throw new Error(`Still firing after ${passed} minutes:\n${reasons(firing(ids))}`);
        await good();
        clock.minutes(1);
      }
    },
  };
}
