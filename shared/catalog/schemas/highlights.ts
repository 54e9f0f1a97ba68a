import * as z from 'zod';
import { farthestPhotoDays, mostJourneyPhotos, mostJourneyStories } from '../highlights.ts';
import { JourneyStatistics, JourneyStop, journeyExample } from './journey.ts';
import { StoredSpeech, storyFields } from './story.ts';
import { JobId, submitOptions } from './submit.ts';
import { tellerFields, toldFields } from './told.ts';

const JourneyStory = z.strictObject({
  job_id: JobId.meta({ description: 'A `generate_story` job of the caller’s, also one of a batch.' }),
  told_at: z.iso.datetime({ offset: true }).optional().meta({
    description:
      'When the travellers came by and heard it; by default when it was asked for. A story of a batch needs it: that was written ahead of the journey.',
  }),
});

const JourneyPhoto = z.strictObject({
  job_id: JobId.meta({ description: 'A `process_image` job of the caller’s.' }),
});

const { preferences, include_voice, voice_personality } = storyFields;

const highlightFields = {
  stories: z.array(JourneyStory).min(1).max(mostJourneyStories).meta({ description: 'In any order.' }),
  photos: z
    .array(JourneyPhoto)
    .max(mostJourneyPhotos)
    .default([])
    .meta({
      description: `In any order. A photo is on the way only if it was processed with \`include_place\` and tells its time, within ${farthestPhotoDays} days of a story; any other is counted, and no more.`,
    }),
  preferences,
  include_voice,
  voice_personality,
};

const twoStories = ['01JDHV7Q5W6T1PQ8Z3N4K5M6R7', '01JDHV7Q5W6T1PQ8Z3N4K5M6R8'];
const aPhoto = '01JDHV7Q5W6T1PQ8Z3N4K5M6R9';

export const GenerateHighlightsRequest = z.strictObject({ ...highlightFields, ...submitOptions }).meta({
  id: 'GenerateHighlightsRequest',
  examples: [
    {
      stories: [{ job_id: twoStories[0] }, { job_id: twoStories[1], told_at: '2026-07-05T11:40:00-06:00' }],
      photos: [{ job_id: aPhoto }],
      preferences: { length: 'short', units: 'imperial' },
      include_voice: true,
    },
  ],
});

/** The job's input: the request without its submit options. */
export const GenerateHighlightsInput = z.object(highlightFields);

const Highlight = z.object({
  kind: z.enum(['story', 'photo', 'farthest_point', 'largest_place']),
  place: z.string().optional(),
  text: z.string(),
  source: z.string(),
  job_id: JobId.optional().meta({ description: 'The story or photo; read its status for pictures and sound.' }),
});

const LeftOut = z.object({
  job_id: JobId,
  reason: z
    .enum(['failed', 'cancelled', 'expired', 'not_finished'])
    .meta({ description: 'How the job ended; `not_finished`: it was not waited for any longer.' }),
});

const distanceFact = {
  id: 'journey-way',
  text: 'From stop to stop the journey was about 37 kilometers (about 23 miles) long, as the crow flies.',
  source: 'Computed from the coordinates, WGS 84',
};

/** What generate_highlights makes; the speech follows when the voice was asked for and is ready. */
export const StoredHighlights = z
  .object({
    title: z.string(),
    content: z.string(),
    statistics: JourneyStatistics,
    stops: z.array(JourneyStop).meta({ description: 'In the order in which the travellers came by.' }),
    highlights: z.array(Highlight),
    left_out: z.array(LeftOut).meta({ description: 'Stories and photos that there are not.' }),
    ...toldFields,
    ...tellerFields,
    ...StoredSpeech.partial().shape,
  })
  .meta({
    examples: [
      {
        title: 'From Tucumcari to San Jon',
        content: 'From stop to stop it was about 23 miles, as the crow flies.',
        ...journeyExample(twoStories, [aPhoto]),
        highlights: [
          {
            kind: 'farthest_point',
            place: 'San Jon, New Mexico, United States',
            text: 'San Jon was the farthest point, about 37 kilometers (about 23 miles) from the start.',
            source: 'Computed from the coordinates, WGS 84',
          },
        ],
        left_out: [],
        sentences: [{ text: 'From stop to stop it was about 23 miles, as the crow flies.', facts: ['journey-way'] }],
        facts: [distanceFact],
        credits: ['Place data: GeoNames (https://www.geonames.org), CC BY 4.0'],
        model: 'narrator',
        usage: { input_tokens: 0, output_tokens: 0, cost_micro_usd: 0 },
      },
    ],
  });

export type StoredHighlights = z.infer<typeof StoredHighlights>;
