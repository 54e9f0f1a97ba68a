import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { systemClock } from '../../../infra/local/clock.ts';
import { createFaultKit } from '../../../infra/local/faults/fault-kit.ts';
import { timesAsFast } from '../../../infra/local/time-lapse.ts';
import type { QueueName } from '../../../shared/catalog/queues.ts';
import { JobView } from '../../../shared/catalog/schemas/job.ts';
import { submit } from '../../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../../support/local-cloud.ts';
import { startNotificationReceiver } from '../../support/notification-receiver.ts';
import { loggedLines } from '../../support/start-command.ts';
import type { Drill, DrillScene, News } from './drill.ts';

/** How long a minute of CloudWatch and of the schedules takes, seconds. */
export const minuteSeconds = 5;

const minuteMs = 60_000;

/** Alarms that tell of silence need some minutes to see that there is none. */
const calmMinutes = 5;

/** A local cloud of its own for one drill, in a temporary folder, with faults and somebody on call; closing it leaves nothing. */
export async function startDrillCloud({
  queue,
  redeliverySeconds,
}: Pick<Drill, 'queue' | 'redeliverySeconds'>): Promise<DrillScene & AsyncDisposable> {
  const faults = createFaultKit();
  const clock = timesAsFast(60 / minuteSeconds, systemClock);
  const startedAt = clock.now();
  const receiver = await startNotificationReceiver();
  const changes: News[] = [];
  const cloud = await startTestCloud({
    faults,
    onCall: receiver.url,
    onAlarm: ({ alarm: { name, state, reason } }) => changes.push({ kind: 'alarm', name, state, reason }),
    timeLapse: {
      watching: clock,
      schedules: clock,
      redelivery: (name) => (isOf(queue, name) ? redeliverySeconds : undefined),
    },
  }).catch(async (error: unknown) => {
    await receiver[Symbol.asyncDispose]();
    throw error;
  });
  const operate = (method: 'GET' | 'POST', path: string) =>
    cloud.call(path, { owner: 'operator', scope: 'ops:read ops:write', method });
  const minute = () => Math.floor((clock.now() - startedAt) / minuteMs);
  let pagesSeen = 0;
  return {
    faults,
    submit: async (path, body) => (await submit(cloud, path, body)).job_id,
    job: (id) => statusOf(id, cloud),
    async operate(method, path) {
      const response = await operate(method, path);
      if (response.status !== 200) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
      return response.json();
    },
    logged: (functionName, message) =>
      loggedLines(cloud.dataFolder).filter(
        (line) => line.message === message && String(line.function_name).includes(functionName),
      ),
    news() {
      const pages = receiver.received.slice(pagesSeen).map(pageOf);
      pagesSeen += pages.length;
      return [...changes.splice(0), ...pages];
    },
    isInAlarm: (name) => cloud.alarms().some((alarm) => alarm.name === name && alarm.state === 'ALARM'),
    isCalm: () =>
      minute() >= calmMinutes && cloud.alarms().every(({ kind, state }) => kind !== 'CompositeAlarm' || state === 'OK'),
    minute,
    async [Symbol.asyncDispose]() {
      await cloud.close();
      await receiver[Symbol.asyncDispose]();
      await rm(cloud.dataFolder, { recursive: true });
    },
  };
}

/** Whether it is the queue, or its dead-letter queue, which CloudFormation names. */
function isOf(queue: QueueName, physicalName: string): boolean {
  return physicalName.toLowerCase().replaceAll('_', '').includes(queue.replaceAll('_', ''));
}

/** Asks again, as an app does, while the API is too busy to answer. */
async function statusOf(id: string, cloud: TestCloud): Promise<z.infer<typeof JobView> | undefined> {
  for (let tries = 1; ; tries++) {
    const response = await cloud.call(`/jobs/status/${id}`);
    if (response.status === 404) return undefined;
    if (response.ok) return JobView.parse(await response.json());
    if (response.status < 500 || tries === mostTries)
      throw new Error(`The status of ${id} was answered ${response.status}: ${await response.text()}`);
    await sleep(1_000);
  }
}

const mostTries = 10;

const AlarmNotification = z.object({ AlarmName: z.string(), NewStateValue: z.string() });

function pageOf({ TopicArn, Subject, Message }: { TopicArn: string; Subject: string; Message: unknown }): News {
  const { AlarmName, NewStateValue } = AlarmNotification.parse(Message);
  const topic = TopicArn.split(':').at(-1) ?? '';
  return { kind: 'page', topic, subject: Subject, name: AlarmName, state: NewStateValue };
}
