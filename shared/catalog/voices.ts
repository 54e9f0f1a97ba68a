import * as z from 'zod';

/** One narrator's voice: what the traveller reads about it, and what Amazon Polly needs to speak with it. */
interface VoiceRow {
  readonly description: string;
  /** BCP 47; also the language of the stories it may read. */
  readonly language: 'en-US' | 'en-GB';
  readonly engine: VoiceEngine;
  /** Amazon Polly voice id. */
  readonly voiceId: string;
  /** Percent of the voice's natural pace. */
  readonly ratePercent: number;
}

export type VoiceEngine = 'standard' | 'neural' | 'long-form' | 'generative';

/** The ids a request may name in `voice_personality`. */
const voicePersonalities = [
  'warm_guide',
  'ranger',
  'historian',
  'storyteller',
  'radio_host',
  'local_friend',
  'british_guide',
  'british_professor',
] as const;

/** Refuses an unknown personality at the edge, so that no job fails later for want of a voice. */
export const voicePersonalitySchema = z.enum(voicePersonalities);

export type Personality = z.infer<typeof voicePersonalitySchema>;

/** The personality of a request that names none. */
export const defaultPersonality: Personality = 'warm_guide';

/**
 * Each personality's voice. Every row names an engine that its voice has; a request for another one is an
 * `EngineNotSupportedException`.
 * Neural, not generative: it is offered in more regions and has the documented `rate` attribute inside a sentence too.
 * @see https://docs.aws.amazon.com/polly/latest/dg/available-voices.html voices and their engines
 * @see https://docs.aws.amazon.com/polly/latest/dg/prosody-tag.html the rate attribute by engine
 */
export const personalities = {
  warm_guide: {
    description: 'A warm, unhurried guide who is glad to have you along.',
    language: 'en-US',
    engine: 'neural',
    voiceId: 'Ruth',
    ratePercent: 95,
  },
  ranger: {
    description: 'A calm park ranger who knows every trail and ridge.',
    language: 'en-US',
    engine: 'neural',
    voiceId: 'Matthew',
    ratePercent: 92,
  },
  historian: {
    description: 'A careful historian who lets the dates speak.',
    language: 'en-US',
    engine: 'neural',
    voiceId: 'Gregory',
    ratePercent: 90,
  },
  storyteller: {
    description: 'A lively storyteller for the long empty stretches.',
    language: 'en-US',
    engine: 'neural',
    voiceId: 'Danielle',
    ratePercent: 98,
  },
  radio_host: {
    description: 'A morning radio host with a quick, bright pace.',
    language: 'en-US',
    engine: 'neural',
    voiceId: 'Stephen',
    ratePercent: 104,
  },
  local_friend: {
    description: 'A friend from around here, easy and direct.',
    language: 'en-US',
    engine: 'neural',
    voiceId: 'Joanna',
    ratePercent: 98,
  },
  british_guide: {
    description: 'A friendly British guide with a light touch.',
    language: 'en-GB',
    engine: 'neural',
    voiceId: 'Amy',
    ratePercent: 96,
  },
  british_professor: {
    description: 'A British professor who enjoys a footnote.',
    language: 'en-GB',
    engine: 'neural',
    voiceId: 'Arthur',
    ratePercent: 92,
  },
} as const satisfies Record<Personality, VoiceRow>;

/**
 * Sample rate of the mp3 asked of each engine, in hertz: the engine's own default, so that nothing is resampled.
 * @see https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html SampleRate
 */
export const sampleRateHertzByEngine = {
  standard: 22_050,
  neural: 24_000,
  'long-form': 24_000,
  generative: 24_000,
} as const satisfies Record<VoiceEngine, number>;
