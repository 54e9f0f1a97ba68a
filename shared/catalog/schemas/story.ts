import * as z from 'zod';
import { voicePersonalitySchema } from '../voices.ts';
import { submitOptions } from './submit.ts';
import { line, paragraphs } from './text.ts';
import { tellerFields, toldFields } from './told.ts';

const VoicePersonality = voicePersonalitySchema.meta({
  id: 'VoicePersonality',
  description: 'Who speaks; `warm_guide` if none is named.',
  examples: ['warm_guide'],
});

export const Location = z
  .strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: line(120).optional(),
  })
  .meta({
    id: 'Location',
    description: 'Degrees, WGS 84.',
    examples: [{ latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' }],
  });

export const storyLengths = ['short', 'medium', 'long'] as const;

/** Open on purpose: the app may add fields of its own; those named here shape the story. */
const StoryContext = z.looseObject({ theme: line(40).optional() }).meta({
  id: 'StoryContext',
  examples: [{ theme: 'adventure' }],
});

const StoryPreferences = z
  .looseObject({
    length: z.enum(storyLengths).optional(),
    units: z.enum(['metric', 'imperial']).optional().meta({ description: 'Default: by country.' }),
    language: z.enum(['en']).optional(),
  })
  .meta({ id: 'StoryPreferences', examples: [{ length: 'short', units: 'imperial' }] });

/** What a story is asked to be. */
export const storyFields = {
  location: Location,
  interests: z.array(line(40)).max(10).default([]),
  context: StoryContext.default({}),
  preferences: StoryPreferences.default({}),
  include_voice: z.boolean().default(false),
  voice_personality: VoicePersonality.optional(),
};

export const GenerateStoryRequest = z.strictObject({ ...storyFields, ...submitOptions }).meta({
  id: 'GenerateStoryRequest',
  examples: [
    {
      location: { latitude: 37.7749, longitude: -122.4194, name: 'San Francisco' },
      interests: ['history', 'culture'],
      context: { theme: 'adventure' },
      preferences: {},
      include_voice: true,
      priority: 5,
    },
  ],
});

/** The job's input: the request without its submit options. */
export const GenerateStoryInput = z.object(storyFields);

export const longestSpokenText = 20_000;

const voiceFields = { text: paragraphs(longestSpokenText), voice_personality: VoicePersonality.optional() };

export const SynthesizeVoiceRequest = z.strictObject({ ...voiceFields, ...submitOptions }).meta({
  id: 'SynthesizeVoiceRequest',
  examples: [{ text: 'Tucumcari lies on Route 66.', voice_personality: 'warm_guide' }],
});

export const SynthesizeVoiceInput = z.object(voiceFields);

/**
 * Speech in a stored result: the keys of its objects, never links. A field `…_key` is shown to the owner as `…_url`, signed at the moment of
 * reading (schemas/job.ts).
 */
const speechFields = {
  audio_key: z.string().meta({ description: 'mp3' }),
  audio_words_key: z.string().meta({
    description:
      'JSON array of { word, start, end, at }: when each word is spoken, as UTF-16 offsets into the text and seconds into the audio.',
  }),
  audio_duration: z.number().positive().meta({ description: 'Seconds, counted from the mp3 frames.' }),
  characters_billed: z.int().nonnegative(),
  voice_personality: z.string(),
};

const spoken = {
  audio_key: 'speech/2f1c9a/audio.mp3',
  audio_words_key: 'speech/2f1c9a/words.json',
  audio_duration: 4.2,
  characters_billed: 73,
  voice_personality: 'warm_guide',
};

export const StoredSpeech = z.object(speechFields);

export type StoredSpeech = z.infer<typeof StoredSpeech>;

/** What synthesize_voice makes. */
export const StoredNarration = z
  .object({
    ...speechFields,
    cached: z.literal(true).optional().meta({ description: 'The same text had been spoken by the same voice before.' }),
  })
  .meta({ examples: [spoken] });

const storyExample = {
  title: 'Tucumcari on Route 66',
  content: 'Tucumcari lies in Quay County, New Mexico. Some 4,900 people live here.',
  sentences: [
    { text: 'Tucumcari lies in Quay County, New Mexico.', facts: ['county'] },
    { text: 'Some 4,900 people live here.', facts: ['population'] },
  ],
  facts: [
    {
      id: 'county',
      text: 'The point lies in Quay County, New Mexico.',
      source: 'U.S. Census Bureau, cartographic boundaries 2017, county 35037',
    },
    { id: 'population', text: 'Tucumcari has 4,900 people.', source: 'GeoNames 5495292' },
  ],
  credits: ['GeoNames (CC BY 4.0)'],
  model: 'narrator',
  usage: { input_tokens: 0, output_tokens: 0, cost_micro_usd: 0 },
  ...spoken,
};

/** What generate_story makes; the speech follows when the voice was asked for and is ready. */
export const StoredStory = z
  .object({
    title: z.string(),
    content: z.string(),
    ...toldFields,
    ...tellerFields,
    cached: z.literal(true).optional().meta({ description: 'The text had been written for the same request before.' }),
    ...StoredSpeech.partial().shape,
  })
  .meta({ examples: [storyExample] });

export type StoredStory = z.infer<typeof StoredStory>;
