import * as z from 'zod';
import { killCaller } from '../../../infra/local/faults/fault-kit.ts';
import { delay, throttle } from '../../../infra/local/faults/faults.ts';
import { type QueueName, queues } from '../../../shared/catalog/queues.ts';
import { QueueConsumerView, QueueStats } from '../../../shared/catalog/schemas/queue-stats.ts';
import type { JobDocument } from '../../support/api-client.ts';
import { newPlace } from '../../support/chaos-jobs.ts';
import type { Drill, DrillScene, Remedy } from './drill.ts';

/** The drills that there are, by the name that `npm run drill` takes. */
export const drills = {
  'dead-letters': {
    breaks: 'One story kills its worker each time it is handed out, until SQS gives its message up.',
    alarm: 'dead_letters_arrived',
    queue: 'ai_generation',
    work: { everyMs: 3_000, atMost: 20 },
    redeliverySeconds: 2,
    submit: submitStory,
    async inflict({ faults, submit }) {
      // Kept back, so that the fault is there before its first delivery.
      const victim = await submit('/jobs/story/generate', { ...storyRequest(), delay: 3 });
      const sentAgain = faults.watch({ service: 'sqs', operation: 'SendMessage', by: 'bury-job', about: victim });
      const kill = killCaller(faults, 'before');
      let kills = 0;
      const killing = faults.inject({
        service: 'dynamodb',
        operation: 'UpdateItem',
        about: victim,
        fault(call, carryOut) {
          if (!call.request.body.includes('"holder"') || call.sandbox === undefined) return carryOut();
          kills += 1;
          return kill(call, carryOut);
        },
      });
      return {
        what: `from now on the worker that takes job ${victim} is killed as it takes it`,
        jobs: [victim],
        felt: () => (kills === 0 ? undefined : `job ${victim}: its first worker was killed`),
        async remedy() {
          if (sentAgain.length === 0) return undefined;
          const done = `took the message off the dead-letter queue: bury-job sent the job a new one. ${kills} workers were killed by then`;
          return { by: 'the service', done };
        },
        lift() {
          killing.remove();
          return `workers live again; ${kills} were killed`;
        },
      };
    },
  },
  'throttled-model': {
    breaks: 'The model asks everybody who calls it to come later.',
    alarm: 'upstream_throttled',
    queue: 'ai_generation',
    work: { everyMs: 500, atMost: 150 },
    submit: submitStory,
    async inflict(scene) {
      const throttled = scene.faults.inject({ service: 'bedrock', fault: throttle(1) });
      const acted = async (kind: 'pause' | 'resume'): Promise<Remedy | undefined> => {
        const record = scene.logged('remediate', 'remediation').find((line) => line.kind === kind);
        const { paused } = await stateOf('analytics', scene);
        if (!record || paused !== (kind === 'pause')) return undefined;
        const done = `${kind === 'pause' ? 'paused' : 'resumed'} analytics: remediate acted on the alarm, and the stats say so`;
        return { by: 'the service', done, record: auditOf(record) };
      };
      return {
        what: 'every call of the model is answered 429 ThrottlingException',
        felt: ({ job_id, status }) =>
          status === 'retrying' ? `job ${job_id} is told to come later, and waits for its next attempt` : undefined,
        remedy: () => acted('pause'),
        lift() {
          throttled.remove();
          return `the model answers again; ${throttled.hits()} calls were throttled`;
        },
        aftermath: () => acted('resume'),
      };
    },
  },
  'slow-consumer': {
    breaks: 'The model takes eight seconds for a story, and more stories are asked for than can be told at that pace.',
    alarm: 'oldest_message_too_old',
    queue: 'ai_generation',
    work: { everyMs: 500, atMost: 100 },
    submit: submitStory,
    async inflict(scene) {
      const slow = scene.faults.inject({ service: 'bedrock', fault: delay(8_000) });
      return {
        what: 'every call of the model takes 8 s longer',
        felt: waitsTooLong('ai_generation'),
        async remedy() {
          const { waiting, in_flight, concurrency, paused } = await stateOf('ai_generation', scene);
          if (in_flight < concurrency || paused) return undefined;
          const done =
            `looked at GET /jobs/queue/stats: ${waiting} wait, ${in_flight} in work of ${concurrency} at once, not paused. ` +
            'All consumers are in use and steps are slow, so it is the upstream: nothing is to be done but wait for it';
          return { by: 'the operator', done };
        },
        lift() {
          slow.remove();
          return `the model is as fast as ever; ${slow.hits()} calls were slow`;
        },
      };
    },
  },
  'stuck-queue': {
    breaks: 'Somebody has paused the queue of narrations and gone home.',
    alarm: 'oldest_message_too_old',
    queue: 'voice_synthesis',
    work: { everyMs: 2_000, atMost: 15 },
    submit: ({ submit }) => submit('/jobs/voice/synthesize', { text: 'Turn left at the old mill.' }),
    async inflict(scene) {
      const { operate } = scene;
      const turned = async (action: 'pause' | 'resume') =>
        QueueConsumerView.parse(await operate('POST', `/ops/queues/voice_synthesis/${action}`));
      const { paused } = await turned('pause');
      if (!paused) throw new Error('The queue was not paused.');
      return {
        what: 'POST /ops/queues/voice_synthesis/pause: its consumer takes nothing any more',
        felt: waitsTooLong('voice_synthesis'),
        async remedy() {
          const before = await stateOf('voice_synthesis', scene);
          if (before.paused) await turned('resume');
          const record = scene.logged('operate', 'queue_resumed').at(-1);
          if (!record) return undefined;
          const done = 'saw in GET /jobs/queue/stats that the queue is paused, and resumed it';
          return { by: 'the operator', done, record: auditOf(record) };
        },
      };
    },
  },
} as const satisfies Record<string, Drill>;

export type DrillName = keyof typeof drills;

export const drillNames = Object.keys(drills).filter(isDrillName);

export function isDrillName(name: string): name is DrillName {
  return Object.hasOwn(drills, name);
}

function storyRequest() {
  return { location: newPlace(), preferences: { length: 'short' } };
}

function submitStory({ submit }: DrillScene): Promise<string> {
  return submit('/jobs/story/generate', storyRequest());
}

function waitsTooLong(queue: QueueName) {
  const { pickUpTargetSeconds } = queues[queue];
  return ({ job_id, status, created_at }: JobDocument): string | undefined => {
    const seconds = (Date.now() - Date.parse(created_at)) / 1_000;
    if (status !== 'accepted' || seconds <= pickUpTargetSeconds) return undefined;
    return `job ${job_id} has waited ${seconds.toFixed(1)} s; ${pickUpTargetSeconds} s were promised`;
  };
}

async function stateOf(queue: QueueName, { operate }: DrillScene) {
  const { queues: all } = QueueStats.parse(await operate('GET', '/jobs/queue/stats'));
  return Known.parse(all.find((state) => state.queue === queue));
}

const Known = z.object({
  paused: z.boolean(),
  waiting: z.number(),
  in_flight: z.number(),
  concurrency: z.number(),
});

/** The fields by which operators find what was done: saved query `what operators did`. */
function auditOf(record: Readonly<Record<string, unknown>>): string {
  const fields = ['message', 'operator', 'alarm', 'queue', 'change', 'kind', 'dry_run'];
  return `log: ${JSON.stringify(Object.fromEntries(fields.flatMap((field) => (field in record ? [[field, record[field]]] : []))))}`;
}
