import * as z from 'zod';
import { mostRoutes, mostStories, mostThemes, storiesPerRoute } from '../batches.ts';
import { ChildCounts } from './child-counts.ts';
import { storyFields } from './story.ts';
import { JobId, SubmitAnswer, submitOptions } from './submit.ts';
import { line } from './text.ts';

const PlaceName = line(120).meta({
  description: 'A place by name, such as `Tucumcari` or `Portland, OR`.',
  examples: ['San Francisco'],
});

const RouteRequest = z.strictObject({ origin: PlaceName, destination: PlaceName }).meta({
  id: 'RouteRequest',
  examples: [{ origin: 'San Francisco', destination: 'Los Angeles' }],
});

const { interests, preferences, include_voice, voice_personality } = storyFields;

const batchFields = {
  routes: z.array(RouteRequest).min(1).max(mostRoutes),
  themes: z
    .array(line(40))
    .max(mostThemes)
    .default([])
    .meta({
      description: `One story for each theme at each of up to ${storiesPerRoute} way points of a route; at most ${mostStories} stories in all.`,
    }),
  interests,
  preferences,
  include_voice,
  voice_personality,
};

export const PregenerateStoriesRequest = z.strictObject({ ...batchFields, ...submitOptions }).meta({
  id: 'PregenerateStoriesRequest',
  examples: [
    {
      routes: [
        { origin: 'San Francisco', destination: 'Los Angeles' },
        { origin: 'New York', destination: 'Boston' },
      ],
      themes: ['history'],
    },
  ],
});

/** The job's input: the request without its submit options. */
export const PregenerateStoriesInput = z.object(batchFields);

export const BatchAnswer = SubmitAnswer.extend({
  batch_id: JobId.meta({ description: 'The same as `job_id`: a batch is a job.' }),
}).meta({
  id: 'BatchAnswer',
  examples: [
    {
      job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
      batch_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
      status: 'accepted',
      status_url: '/api/v1/jobs/batch/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
      estimated_completion_time: 120,
    },
  ],
});

const salinas = { name: 'Salinas', latitude: 36.6777, longitude: -121.6555, distance_km: 170, arrives_after: 6_840 };

/** Plans that were recorded before there was one have none. */
const ArrivesAfter = z.int().min(0).optional().meta({
  description: 'Seconds after the departure from the origin, driving without a stop. An estimate.',
});

const WayPoint = z
  .object({
    name: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    distance_km: z.number().meta({ description: 'From the origin along the route.' }),
    arrives_after: ArrivesAfter,
  })
  .meta({ id: 'WayPoint', examples: [salinas] });

const RouteProblem = z
  .object({
    code: z.enum(['place_unknown', 'place_ambiguous', 'route_unknown']),
    field: z.enum(['origin', 'destination']).optional(),
    message: z.string().meta({ description: 'For people: what was not clear, and what could have been meant.' }),
  })
  .meta({
    id: 'RouteProblem',
    examples: [{ code: 'place_unknown', field: 'origin', message: 'No place called "Atlantis" is known.' }],
  });

const plannedRoute = {
  origin: 'San Francisco',
  destination: 'Los Angeles',
  approximate: true,
  distance_km: 640,
  duration: 25_400,
  way_points: [salinas],
};

const PlannedRoute = z
  .object({
    origin: z.string(),
    destination: z.string(),
    approximate: z.boolean().meta({
      description:
        'True: the route leads from town to town, and its length and times are guesses. False: it was found on roads. It is no directions either way.',
    }),
    distance_km: z.number().optional(),
    duration: z.int().min(0).optional().meta({ description: 'Of the drive without a stop, seconds. An estimate.' }),
    way_points: z.array(WayPoint),
    problem: RouteProblem.optional().meta({
      description: 'Why the route has no stories. It counts as one that failed; the other routes go on.',
    }),
  })
  .meta({ id: 'PlannedRoute', examples: [plannedRoute] });

export type PlannedRoute = z.infer<typeof PlannedRoute>;

const plannedStory = {
  job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R8',
  route: 0,
  way_point: 0,
  place: 'Salinas',
  theme: 'history',
};

const PlannedStory = z
  .object({
    job_id: JobId,
    route: z.int().min(0).meta({ description: 'Index of its route.' }),
    way_point: z.int().min(0).meta({ description: 'Index in `way_points` of the route.' }),
    place: z.string(),
    theme: z.string().optional(),
  })
  .meta({ id: 'PlannedStory', description: 'One story of a batch, a job of its own.', examples: [plannedStory] });

/** What pregenerate_stories makes: the plan as soon as there is one, the counts at the end. */
export const StoredPregeneration = z
  .object({
    routes: z.array(PlannedRoute).meta({ description: 'In the order of the request.' }),
    stories: z.array(PlannedStory),
    counts: ChildCounts.optional(),
  })
  .meta({ examples: [{ routes: [plannedRoute], stories: [plannedStory] }] });

export type StoredPregeneration = z.infer<typeof StoredPregeneration>;
