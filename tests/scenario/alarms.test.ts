/**
 * Each kind of alarm fires while its fault lasts and ends when it is over, on the local cloud: real functions, real metrics, the template's own
 * alarms. CloudWatch's minutes pass when a test says so; workers keep real time.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { localStageFolder } from '../../infra/commands/local-stage.ts';
import type { Alarm } from '../../infra/local/aws/cloudwatch/alarm.ts';
import { createCloudWatch } from '../../infra/local/aws/cloudwatch/create-cloudwatch.ts';
import type { MetricId } from '../../infra/local/aws/cloudwatch/metric-store.ts';
import type { Topics } from '../../infra/local/aws/sns/topic-delivery.ts';
import { startAlarms } from '../../infra/local/cloud-alarms.ts';
import { killCaller } from '../../infra/local/faults/fault-kit.ts';
import { delay, hang, refuse, throttle } from '../../infra/local/faults/faults.ts';
import { loadAssembly } from '../../infra/local/template/assembly.ts';
import { resolveAssembly } from '../../infra/local/template/resolve.ts';
import { inRealTime } from '../../infra/local/time-lapse.ts';
import { cloudWatchName, versionAlarm } from '../../shared/catalog/alarms.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { basePath, routes } from '../../shared/catalog/routes.ts';
import { StoredReservation } from '../../shared/catalog/schemas/booking.ts';
import { UploadForm } from '../../shared/catalog/schemas/image.ts';
import { QueueStats } from '../../shared/catalog/schemas/queue-stats.ts';
import { fedByMetric, kindOf, neverJudged } from '../support/alarm-kinds.ts';
import { type AlarmId, type AlarmScene, startAlarmScene } from '../support/alarm-scene.ts';
import { hasEnded, type JobDocument, jobWhen, probe, problemOf, submit } from '../support/api-client.ts';
import { bookingRequest, signedEvent, withKey } from '../support/booking-scene.ts';
import { submitStory } from '../support/chaos-jobs.ts';
import { ManualClock } from '../support/manual-clock.ts';

let scene: AlarmScene;
beforeAll(async () => {
  scene = await startAlarmScene();
  // Functions that have run before are quick; what is late from now on is late for a reason. With nothing to do, none loses a message.
  for (const queue of queueNames) await startConsumer(`process-${queue.replaceAll('_', '-')}`);
});
afterAll(() => scene.close());

/** A fault, and the kinds of alarms that it sets off and that are over when it is. */
interface AlarmFault {
  readonly kinds: readonly string[];
  readonly fault: string;
  cause(): Promise<void>;
}

const alarmFaults: readonly AlarmFault[] = [
  {
    kinds: ['payments_disputed'],
    fault: 'a cardholder disputes a charge',
    async cause() {
      await disputedBooking();
      await scene.untilFiring([['payments_disputed'], ['something_to_look_at']], 2);
      expect(scene.alarm('something_to_look_at').reason).toContain('payments_disputed');
      const log = readFileSync(path.join(scene.dataFolder, 'logs/alarms.log'), 'utf8');
      expect(log).toMatch(new RegExp(`${cloudWatchName('local', 'payments_disputed')} (OK|INSUFFICIENT_DATA) → ALARM`));
      await scene.untilOver([['payments_disputed']]);
    },
  },
  {
    kinds: ['completion_rate_low'],
    fault: 'access to the voice is withdrawn',
    async cause() {
      const denied = scene.faults.inject({ service: 'polly', fault: refuse('AccessDeniedException', 403) });
      for (const text of ['Left.', 'Right.', 'Straight on.']) {
        const { job_id } = await submit(scene, '/jobs/voice/synthesize', { text });
        expect(await jobWhen(scene, job_id, hasEnded)).toMatchObject({ error: { code: 'voice_misconfigured' } });
      }
      denied.remove();
      await scene.untilFiring([['completion_rate_low', 'voice_synthesis']], 2);
      await scene.untilOver([['completion_rate_low', 'voice_synthesis']]);
    },
  },
  {
    kinds: ['reconciler_silent', 'probe_late', 'service_in_trouble', 'something_to_look_at'],
    fault: 'nothing runs that a schedule should start',
    async cause() {
      const late = queueNames.map((queue): AlarmId => ['probe_late', queue]);
      const all = [...late, ['reconciler_silent'], ['service_in_trouble'], ['something_to_look_at']] as const;
      await scene.untilFiring(all, 6);
      await scene.untilOver(all, async () => {
        await scene.invoke('reconcile-jobs', {});
        await probeAll();
      });
    },
  },
  {
    kinds: ['oldest_message_too_old', 'backlog_outruns_limit', 'queue_in_trouble'],
    fault: 'a queue is paused',
    async cause() {
      const queue = 'voice_synthesis';
      const all = [
        ['oldest_message_too_old', queue],
        ['backlog_outruns_limit', queue],
      ] as const;
      await turn(queue, 'pause');
      await times(17, () => probe(scene, queue));
      await scene.untilFiring([...all, ['queue_in_trouble', queue]], 12);
      await turn(queue, 'resume');
      await scene.quiet();
      await scene.untilOver(all);
    },
  },
  {
    kinds: ['consumer_errors', 'dead_letters_arrived', 'dead_letters_not_buried'],
    fault: 'a message kills its worker each time, and its dead letter cannot be buried',
    async cause() {
      const claims = {
        service: 'dynamodb',
        operation: 'UpdateItem',
        by: 'process-default',
        about: /"holder"/,
      } as const;
      const killing = scene.faults.inject({ ...claims, fault: killCaller(scene.faults, 'before') });
      const denied = refuse('AccessDeniedException', 400);
      const unburied = scene.faults.inject({ service: 'dynamodb', by: 'bury-job', fault: denied });
      const jobs = await times(2, () => probe(scene, 'default'));
      const twoMore = async () => {
        const before = killing.hits();
        await vi.waitFor(() => expect(killing.hits()).toBeGreaterThanOrEqual(before + 2), slowly);
      };
      await scene.untilFiring([['consumer_errors', 'default']], 6, twoMore);
      await vi.waitFor(() => expect(unburied.hits()).toBeGreaterThan(0), slowly);
      await scene.untilFiring([['dead_letters_arrived', 'default']], 1);
      await scene.untilFiring([['dead_letters_not_buried', 'default']], 7);
      killing.remove();
      unburied.remove();
      for (const { job_id } of jobs) {
        expect(await jobWhen(scene, job_id, hasEnded, 'operator')).toMatchObject({ status: 'completed' });
      }
      const all = ['consumer_errors', 'dead_letters_arrived', 'dead_letters_not_buried'];
      await scene.untilOver(all.map((kind): AlarmId => [kind, 'default']));
    },
  },
  {
    kinds: ['upstream_throttled', 'upstream_unavailable'],
    fault: 'the model throttles, the voice does not answer',
    async cause() {
      const throttled = scene.faults.inject({ service: 'bedrock', fault: throttle(1) });
      const silent = scene.faults.inject({ service: 'polly', fault: refuse('ServiceUnavailableException', 503) });
      const all = [
        ['upstream_throttled', 'ai_generation'],
        ['upstream_unavailable', 'voice_synthesis'],
      ] as const;
      await scene.untilFiring(all, 15, async () => {
        const stories = await times(6, async () => (await submitStory(scene)).id);
        const narrations = await times(4, () => submit(scene, '/jobs/voice/synthesize', { text: 'Left.' }));
        for (const id of [...stories, ...narrations.map(({ job_id }) => job_id)]) await jobWhen(scene, id, wasTried);
      });
      await vi.waitFor(async () => expect(await stats()).toMatchObject({ analytics: { paused: true } }), slowly);
      throttled.remove();
      silent.remove();
      await scene.untilOver(all);
      await vi.waitFor(async () => expect(await stats()).toMatchObject({ analytics: { paused: false } }), slowly);
    },
  },
  {
    kinds: ['function_errors', 'api_errors', versionAlarm.name],
    fault: 'a function of the API dies while it answers',
    async cause() {
      const killing = scene.faults.inject({
        service: 'dynamodb',
        by: 'read-jobs',
        fault: killCaller(scene.faults, 'before'),
      });
      const all = [['function_errors', 'read-jobs'], ['api_errors']] as const;
      await scene.untilFiring(all, 5, async () => {
        const answers = await times(3, () => scene.call('/jobs/recent'));
        expect(answers.map(({ status }) => status)).toEqual([500, 500, 500]);
      });
      expect(firingKinds()).toContain(versionAlarm.name);
      killing.remove();
      await scene.untilOver(all);
      expect(firingKinds()).not.toContain(versionAlarm.name);
    },
  },
  {
    kinds: ['api_slow'],
    fault: 'the job table answers late',
    async cause() {
      await scene.untilFiring([['api_slow']], 5, async () => {
        // The client gives up after a second and asks again.
        scene.faults.inject({ service: 'dynamodb', by: 'read-jobs', times: 2, fault: delay(5_000) });
        expect((await scene.call('/jobs/recent')).status).toBe(200);
      });
      await scene.untilOver([['api_slow']]);
    },
  },
  {
    kinds: ['records_unreadable'],
    fault: 'a record is of a type that this release does not know',
    async cause() {
      const { id } = await submitStory(scene);
      await jobWhen(scene, id, hasEnded);
      const unknown = scene.faults.inject({
        service: 'dynamodb',
        by: 'read-jobs',
        about: id,
        async fault(_, carryOut) {
          const answer = await carryOut();
          return { ...answer, body: String(answer.body).replaceAll('"generate_story"', '"hologram"') };
        },
      });
      const { code } = await problemOf(await scene.call(`/jobs/status/${id}`));
      expect(code).toBe('record_unreadable');
      unknown.remove();
      await scene.untilFiring([['records_unreadable']], 2);
      await scene.untilOver([['records_unreadable']]);
    },
  },
  {
    kinds: ['model_cost_high'],
    fault: 'the model uses millions of tokens for a story',
    async cause() {
      const costly = scene.faults.inject({
        service: 'bedrock',
        async fault(_, carryOut) {
          const answer = await carryOut();
          const usage = { inputTokens: 1_000, outputTokens: 5_000_000, totalTokens: 5_001_000 };
          return { ...answer, body: JSON.stringify({ ...JSON.parse(String(answer.body)), usage }) };
        },
      });
      const { id } = await submitStory(scene);
      expect(await jobWhen(scene, id, hasEnded)).toMatchObject({ status: 'completed' });
      await scene.quiet();
      expect(costly.hits()).toBe(1);
      costly.remove();
      await scene.untilFiring([['model_cost_high']], 2);
      // Until there is news of another day, an alarm looks back over three.
      scene.clock.leap(3 * 86_400_000);
      await scene.untilOver([['model_cost_high']]);
    },
  },
  {
    // Last: what is refused stays hidden for the queue's visibility time-out, nine minutes.
    kinds: ['consumer_throttled'],
    fault: 'somebody else uses up the concurrency of a consumer',
    async cause() {
      const consumer = 'process-image-processing';
      const hanging = scene.faults.inject({ service: 'dynamodb', by: consumer, fault: hang() });
      let isOver = false;
      const occupy = async () => {
        while (!isOver) {
          const { status } = await scene.invoke(consumer, { Records: [strayMessage()] });
          if (status === 'refused') await sleep(50);
        }
      };
      const occupied = times(6, occupy);
      await vi.waitFor(() => expect(hanging.hits()).toBeGreaterThanOrEqual(4), slowly);
      let refused = 0;
      await scene.untilFiring([['consumer_throttled', 'image_processing']], 5, async () => {
        await probe(scene, 'image_processing');
        refused += 1;
        await vi.waitFor(() => expect(inFlight('RoadtripJobs-local-data-image_processing')).toBe(refused), slowly);
      });
      isOver = true;
      hanging.remove();
      await occupied;
      await scene.untilOver([['consumer_throttled', 'image_processing']]);
    },
  },
];

describe('while nothing is wrong', () => {
  it('the last hour of each queue is told in figures of what happened', async () => {
    const { job_id } = await submit(scene, '/jobs/booking/process', bookingRequest(), withKey('told'));
    await jobWhen(scene, job_id, hasEnded);
    await missingPhoto();
    await scene.quiet();
    scene.clock.minutes(1);
    await vi.waitFor(async () => {
      const { booking, image_processing: images } = await stats();
      expect(booking).toMatchObject({ defects: 0, completion_rate: 1, age_of_oldest: 0 });
      expect(booking?.pick_up?.p50).toBeGreaterThan(0);
      expect(booking?.step?.p99).toBeGreaterThanOrEqual(booking?.step?.p50 ?? Number.NaN);
      expect(images).toMatchObject({ defects: 1, per_minute: { failed: 0.0167 } });
      expect(images?.completion_rate).toBeLessThan(1);
    }, slowly);
  });
});

describe('alarms fire, and are over with their fault, when', () => {
  it.each(alarmFaults)('$fault: $kinds', ({ cause }) => cause(), 180_000);
});

describe('the kinds of alarms', () => {
  it('are all known: each has a test that causes its fault, or a reason why it has none', () => {
    const kinds = new Set(scene.alarms().map(kindOf));
    const caused = alarmFaults.flatMap((row) => row.kinds);
    const listed = [...caused, ...Object.keys(fedByMetric), ...Object.keys(neverJudged)];
    expect(listed.toSorted()).toEqual([...kinds].toSorted());
  });

  it('that no fault can cause here fire by their metrics, every one of them, and are over without', () => {
    const { states, feed, pass, count, stop } = feedAlarms((kind) => kind in fedByMetric);
    expect(count).toBeGreaterThan(Object.keys(fedByMetric).length);
    pass(1);
    expect(states()).toEqual(new Set(['OK']));
    feed({ minutes: 10, value: 1_000_000 });
    expect(states()).toEqual(new Set(['ALARM']));
    pass(150);
    expect(states()).toEqual(new Set(['OK']));
    stop();
  });

  it('on dead letters fire although SQS tells its figures two minutes late, and end so', () => {
    const { states, feed, stop } = feedAlarms((kind) => kind.startsWith('dead_letters_'));
    const lateBy = 2;
    feed({ minutes: 7, value: 0, lateBy });
    expect(states()).toEqual(new Set(['OK']));
    feed({ minutes: 7, value: 1, lateBy });
    expect(states()).toEqual(new Set(['ALARM']));
    feed({ minutes: 7, value: 0, lateBy });
    expect(states()).toEqual(new Set(['OK']));
    stop();
  });
});

/** The template's alarms of some kinds, with metrics that are made up. */
function feedAlarms(isWanted: (kind: string) => boolean) {
  const clock = new ManualClock();
  const cloudWatch = createCloudWatch(inRealTime(clock));
  const template = resolveAssembly(loadAssembly(localStageFolder), { aws: 'http://127.0.0.1', api: undefined });
  const stop = startAlarms(template, cloudWatch, { topics: nobody, log: () => {}, sample: () => {} });
  const fed = () => cloudWatch.alarms.all().filter((alarm) => isWanted(kindOf(alarm)));
  const pass = (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) clock.advance(60_000);
  };
  return {
    count: fed().length,
    states: () => new Set(fed().map(({ state }) => state)),
    pass,
    /** Has every metric that the alarms watch so high, minute by minute. */
    feed({
      minutes,
      value,
      lateBy = 0,
    }: {
      readonly minutes: number;
      readonly value: number;
      readonly lateBy?: number;
    }) {
      for (let minute = 0; minute < minutes; minute += 1) {
        const at = clock.now() - lateBy * 60_000;
        for (const metric of fed().flatMap(metricsOf)) cloudWatch.metrics.record(metric, value, at);
        pass(1);
      }
    },
    stop,
  };
}

const slowly = { timeout: 30_000, interval: 50 };

const nobody: Topics = { hasTopic: () => true, publish: () => '', createTopic() {}, subscribe() {}, close() {} };

/** Every metric that an alarm watches. */
function metricsOf({ properties }: Alarm): readonly MetricId[] {
  const { Metrics } = Watching.parse(properties);
  const all = Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [Watched.parse(properties)];
  return all.map(({ Namespace, MetricName, Dimensions }) => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  }));
}

const Watched = z.looseObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});

const Watching = z.looseObject({
  Metrics: z.array(z.looseObject({ MetricStat: z.looseObject({ Metric: Watched }).optional() })).optional(),
});

function times<T>(count: number, run: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, run));
}

/** A start may take longer than a function is given on a busy machine; the next one is quicker. */
async function startConsumer(name: string): Promise<void> {
  const start = async () => expect(await scene.invoke(name, { Records: [] })).toMatchObject({ status: 'succeeded' });
  await vi.waitFor(start, slowly);
}

/** An empty job through every queue, and all are done. */
async function probeAll(): Promise<void> {
  await scene.invoke('probe-queues', {});
  await scene.quiet();
}

async function stats() {
  const response = await scene.call('/jobs/queue/stats', { owner: 'operator', scope: 'ops:read' });
  const { queues } = QueueStats.parse(await response.json());
  return Object.fromEntries(queues.map((state) => [state.queue, state]));
}

async function turn(queue: string, action: 'pause' | 'resume'): Promise<void> {
  const response = await scene.call(`/ops/queues/${queue}/${action}`, { method: 'POST', scope: 'ops:write' });
  expect(response.status).toBe(200);
}

/** A booking that is made and paid; then the cardholder says that it was not. */
async function disputedBooking(): Promise<void> {
  const { job_id } = await submit(scene, '/jobs/booking/process', bookingRequest(), withKey('disputed'));
  const { result } = await jobWhen(scene, job_id, hasEnded);
  const object = { object: 'dispute', id: 'dp_1', payment_intent: StoredReservation.parse(result).payment_id };
  const event = { id: 'evt_1', object: 'event', type: 'charge.dispute.created', data: { object } };
  const { body, headers } = signedEvent(scene, event);
  const url = `${scene.apiUrl}${basePath}${routes.receive_stripe_event.path}`;
  expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);
}

async function missingPhoto(): Promise<void> {
  const form = await (await scene.call('/uploads', { body: { content_type: 'image/jpeg' } })).json();
  const { upload_key } = UploadForm.parse(form);
  const { job_id } = await submit(scene, '/jobs/image/process', { upload_key });
  expect(await jobWhen(scene, job_id, hasEnded)).toMatchObject({ status: 'failed' });
}

function wasTried({ status }: JobDocument): boolean {
  return status !== 'accepted' && status !== 'processing';
}

function inFlight(queueName: string): number {
  return scene.stats().queues[queueName]?.inFlight ?? Number.NaN;
}

function firingKinds(): readonly string[] {
  return scene.alarms().flatMap((alarm) => (alarm.state === 'ALARM' ? [kindOf(alarm)] : []));
}

/** What SQS would hand to a consumer, about a job that there is not. */
function strayMessage() {
  const messageId = randomUUID();
  const body = JSON.stringify({ v: 1, id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7', visit: 1 });
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) };
  return { messageId, body, attributes, eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:elsewhere' };
}
