import * as z from 'zod';
import { figuresMinutes, missingReasons, queueFigureNames, queueFigures } from '../queue-figures.ts';
import { queueNames } from '../queues.ts';

const consumerExample = { paused: false, consumer: 'running', concurrency: 50 };

const consumer = {
  paused: z.boolean().meta({ description: 'Whether an operator has stopped the consumer, or is stopping it.' }),
  consumer: z.enum(['running', 'pausing', 'paused', 'resuming', 'changing']),
  concurrency: z.int().optional().meta({ description: 'Runs of the consumer at a time, at most.' }),
};

export const QueueConsumerView = z.object({ queue: z.enum(queueNames), ...consumer }).meta({
  id: 'QueueConsumer',
  description: 'Pausing takes a moment, and what runs already is finished.',
  examples: [{ queue: 'booking', ...consumerExample }],
});

const figure = z.number().nullable();
const count = z.int().nullable();
const percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable();
const rates = z.object({ accepted: figure, completed: figure, failed: figure, expired: figure });

/** What metrics tell of one queue. */
const figures = {
  age_of_oldest: figure.meta({ description: queueFigures.age_of_oldest }),
  per_minute: rates.nullable().meta({ description: queueFigures.per_minute }),
  pick_up: percentiles.meta({ description: queueFigures.pick_up }),
  step: percentiles.meta({ description: queueFigures.step }),
  opportunities: count.meta({ description: queueFigures.opportunities }),
  defects: count.meta({ description: queueFigures.defects }),
  completion_rate: figure.meta({ description: queueFigures.completion_rate }),
  dpmo: figure.meta({ description: queueFigures.dpmo }),
  sigma_level: figure.meta({ description: queueFigures.sigma_level }),
};

const why = Object.entries(missingReasons).map(([reason, means]) => `\`${reason}\`: ${means}`);
const reasons = Object.keys(missingReasons).filter((name): name is keyof typeof missingReasons =>
  Object.hasOwn(missingReasons, name),
);

export const QueueFiguresView = z.object({
  ...figures,
  missing: z
    .partialRecord(z.enum(queueFigureNames), z.enum(reasons))
    .meta({ description: `Why a figure is null. ${why.join('; ')}.` }),
});

const queueExample = {
  queue: 'booking',
  priority: 10,
  carries: 'reservations and payments',
  ...consumerExample,
  waiting: 3,
  in_flight: 50,
  delayed: 1,
  dead_letter_messages: 0,
  pick_up_target: 1,
  wait_limit: 7_200,
  age_of_oldest: 0.4,
  per_minute: { accepted: 12.1, completed: 12, failed: 0.1, expired: 0 },
  pick_up: { p50: 0.02, p95: 0.31, p99: 0.8 },
  step: { p50: 1.1, p95: 2.4, p99: 4 },
  opportunities: 726,
  defects: 6,
  completion_rate: 0.991736,
  dpmo: 8_264.5,
  sigma_level: 3.9,
  missing: {},
};

const QueueState = z
  .object({
    queue: z.enum(queueNames),
    priority: z.int().meta({ description: '10 is the most urgent.' }),
    carries: z.string(),
    ...consumer,
    waiting: z.int().meta({ description: 'Messages that a consumer may take now.' }),
    in_flight: z.int().meta({ description: 'Messages that a consumer has taken and not yet finished.' }),
    delayed: z.int().meta({ description: 'Messages kept back: retries, and jobs scheduled for soon.' }),
    dead_letter_messages: z.int().meta({
      description:
        'Normally 0: they become job records at once, which `GET /ops/dead-letters` lists. If not, burying is broken.',
    }),
    pick_up_target: z.number().meta({ description: 'Seconds from message sent to processor started, as promised.' }),
    wait_limit: z.number().meta({ description: 'Seconds after which a step that has not started expires.' }),
    ...QueueFiguresView.shape,
  })
  .meta({ id: 'QueueState', examples: [queueExample] });

export const QueueStats = z
  .object({
    at: z.iso.datetime(),
    from: z.iso
      .datetime()
      .meta({ description: `Begin of the ${figuresMinutes} minutes of rates, percentiles and quality.` }),
    to: z.iso.datetime(),
    queues: z.array(QueueState).meta({
      description:
        'Most urgent first. Counts are those of SQS, approximate and up to a minute late. Metrics reach CloudWatch a minute or two after what they measure.',
    }),
  })
  .meta({
    id: 'QueueStats',
    examples: [
      {
        at: '2026-11-25T08:00:12.000Z',
        from: '2026-11-25T07:00:00.000Z',
        to: '2026-11-25T08:00:00.000Z',
        queues: [queueExample],
      },
    ],
  });
