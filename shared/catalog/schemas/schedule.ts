import * as z from 'zod';
import { cronPattern, isTimeZone } from '../cron.ts';
import type { JobType } from '../job-types.ts';
import { longestIntervalSeconds, missedRunGraceSeconds, shortestIntervalSeconds } from '../schedules.ts';
import { PregenerateStoriesRequest } from './batch.ts';
import { GenerateStoryRequest, SynthesizeVoiceRequest } from './story.ts';
import { line } from './text.ts';

/** What is not given in a schedule: it says itself when a job may start. */
const timeOfSubmit = { delay: true, run_at: true } as const;

/**
 * The job types that a schedule may make, each with the body of its submit route. A type that is not named here cannot be scheduled: a payment
 * must never repeat by itself, and a photo is processed once.
 */
export const scheduledBodies = {
  generate_story: GenerateStoryRequest.omit(timeOfSubmit),
  synthesize_voice: SynthesizeVoiceRequest.omit(timeOfSubmit),
  pregenerate_stories: PregenerateStoriesRequest.omit(timeOfSubmit),
} as const satisfies Partial<Record<JobType, z.ZodObject>>;

export type ScheduledType = keyof typeof scheduledBodies;

export const scheduledTypes = Object.keys(scheduledBodies).filter(isScheduledType);

export function isScheduledType(type: string): type is ScheduledType {
  return Object.hasOwn(scheduledBodies, type);
}

export const storyInTucumcari = {
  type: 'generate_story',
  body: { location: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' }, include_voice: true },
} as const;

const ScheduledJob = z
  .discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('generate_story'), body: scheduledBodies.generate_story }),
      z.strictObject({ type: z.literal('synthesize_voice'), body: scheduledBodies.synthesize_voice }),
      z.strictObject({ type: z.literal('pregenerate_stories'), body: scheduledBodies.pregenerate_stories }),
    ],
    { error: `must be one of the job types that can be scheduled: ${scheduledTypes.join(', ')}` },
  )
  .meta({
    id: 'ScheduledJob',
    description: 'The job to make: its type, and the body of its submit route without `delay` and `run_at`.',
    examples: [storyInTucumcari],
  });

const scheduleFields = {
  name: line(80).optional().meta({ description: 'For people.' }),
  cron: z
    .string()
    .max(200)
    .regex(cronPattern, 'must be five fields as in crontab(5), such as `0 8 * * 1-5`')
    .optional()
    .meta({
      description:
        'Minute, hour, day of month, month and day of week as in crontab(5), names in capitals. Its times must be 15 minutes apart. A time that the clocks skip comes an hour later, one that they repeat comes once.',
    }),
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'must be an IANA time zone, such as `America/Denver`')
    .optional()
    .meta({
      description: 'IANA time zone whose clock `cron` goes by. It must be given with `cron`, and with nothing else.',
    }),
  every: z.int().min(shortestIntervalSeconds).max(longestIntervalSeconds).optional().meta({
    description: 'Seconds from one run to the next; the first comes that long after the schedule was made.',
  }),
  at: z.iso.datetime({ offset: true }).optional().meta({ description: 'Moment of the only run.' }),
  ends_at: z.iso.datetime({ offset: true }).optional().meta({ description: 'No run is later.' }),
  max_runs: z.int().min(1).max(100_000).optional().meta({ description: 'The schedule ends after so many jobs.' }),
};

export const CreateScheduleRequest = z
  .strictObject({ ...scheduleFields, job: ScheduledJob })
  .superRefine(
    (request, context) => {
      for (const [field, message] of misplaced(request)) context.addIssue({ code: 'custom', path: [field], message });
    },
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )
  .meta({
    id: 'CreateScheduleRequest',
    description: `Exactly one of \`cron\`, \`every\` and \`at\` must be given. A run that could not be made at its time is made up to ${missedRunGraceSeconds / 60} minutes late; older ones are skipped and counted.`,
    examples: [{ name: 'On the way to work', cron: '0 8 * * 1-5', time_zone: 'America/Denver', job: storyInTucumcari }],
  });

const timings = ['cron', 'every', 'at'] as const;

type Misplaced = readonly (readonly [field: string, message: string])[];

/** What no field can tell by itself: which fields go together. */
function misplaced(request: Readonly<Partial<Record<(typeof timings)[number] | 'time_zone', unknown>>>): Misplaced {
  const [first, ...others] = timings.filter((field) => request[field] !== undefined);
  if (first === undefined) return [['cron', 'must be given, or every, or at']];
  const surplus = others.map((field) => [field, `cannot be given together with ${first}`] as const);
  const hasZone = request.time_zone !== undefined;
  if (first === 'cron' && !hasZone) return [...surplus, ['time_zone', 'must be given with cron']];
  if (first !== 'cron' && hasZone) return [...surplus, ['time_zone', 'can be given with cron only']];
  return surplus;
}
