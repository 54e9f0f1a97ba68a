import * as z from 'zod';
import { JobId } from './submit.ts';

const tucumcariExample = {
  name: 'Tucumcari',
  region: 'New Mexico',
  country: 'United States',
  country_code: 'US',
  population: 4_900,
};

const sanJonExample = { ...tucumcariExample, name: 'San Jon', population: 216 };

/** A town that the travellers came by. */
const JourneyPlace = z
  .object({
    name: z.string(),
    region: z.string().optional(),
    country: z.string(),
    country_code: z.string(),
    population: z.int().nonnegative().meta({ description: '0 when it is not known.' }),
  })
  .meta({
    id: 'JourneyPlace',
    examples: [tucumcariExample],
  });

const Kilometres = z.number().nonnegative().meta({ description: 'As the crow flies, to a tenth.' });

/** Stories and photos one after another that belong to one town. */
export const JourneyStop = z
  .object({
    latitude: z.number(),
    longitude: z.number(),
    place: JourneyPlace.optional().meta({ description: 'Absent when no town is near.' }),
    at: z.iso.datetime().meta({ description: 'Of the first of them.' }),
    local_date: z.iso.date(),
    km_from_last_stop: Kilometres,
    stories: z.array(JobId),
    photos: z.array(JobId),
  })
  .meta({ id: 'JourneyStop', examples: [stopExample('01JDHV7Q5W6T1PQ8Z3N4K5M6R7')] });

/** What can be computed of a journey; nothing in it is told by a model. */
export const JourneyStatistics = z
  .object({
    stories: z.int(),
    photos: z.int(),
    stops: z.int(),
    places: z.int().meta({ description: 'Different towns.' }),
    countries: z.array(z.string()).meta({ description: 'In the order of the first visit.' }),
    regions: z
      .array(z.object({ name: z.string(), country: z.string() }))
      .meta({ description: 'States and provinces, in the order of the first visit.' }),
    started_at: z.iso.datetime(),
    ended_at: z.iso.datetime(),
    days: z
      .int()
      .positive()
      .meta({ description: 'Calendar days by the clocks of the places, first and last included.' }),
    distance_km: Kilometres,
    longest_leg: z.object({ from_stop: z.int(), to_stop: z.int(), distance_km: Kilometres }).optional(),
    farthest_point: z
      .object({ stop: z.int(), place: JourneyPlace.optional(), distance_km: Kilometres })
      .optional()
      .meta({ description: 'The stop farthest from the first one.' }),
    largest_place: JourneyPlace.optional().meta({ description: 'The town with the most people.' }),
  })
  .meta({ id: 'JourneyStatistics', examples: [statisticsExample()] });

export type JourneyStop = z.infer<typeof JourneyStop>;
export type JourneyStatistics = z.infer<typeof JourneyStatistics>;

/** The computed part of the example of generate_highlights. */
export function journeyExample(stories: readonly string[], photos: readonly string[]) {
  const [first = '', last = ''] = stories;
  const sanJon = { ...stopExample(last), latitude: 35.1059, longitude: -103.3299, place: sanJonExample };
  return {
    statistics: statisticsExample(),
    stops: [
      stopExample(first),
      { ...sanJon, at: '2026-07-05T17:40:00Z', local_date: '2026-07-05', km_from_last_stop: 36.7, photos: [...photos] },
    ],
  };
}

function stopExample(story: string) {
  return {
    latitude: 35.1717,
    longitude: -103.725,
    place: tucumcariExample,
    at: '2026-07-04T18:30:15Z',
    local_date: '2026-07-04',
    km_from_last_stop: 0,
    stories: [story],
    photos: [],
  };
}

function statisticsExample() {
  return {
    stories: 2,
    photos: 1,
    stops: 2,
    places: 2,
    countries: ['United States'],
    regions: [{ name: 'New Mexico', country: 'United States' }],
    started_at: '2026-07-04T18:30:15Z',
    ended_at: '2026-07-05T17:40:00Z',
    days: 2,
    distance_km: 36.7,
    longest_leg: { from_stop: 0, to_stop: 1, distance_km: 36.7 },
    farthest_point: { stop: 1, place: sanJonExample, distance_km: 36.7 },
    largest_place: tucumcariExample,
  };
}
