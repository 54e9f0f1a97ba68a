import type { Fact, Story, StoryBrief } from './story.ts';

/** Writes the story of record. Rejects with a JobError: throttled, transient, or permanent (filtered, empty). */
export interface StoryWriter {
  /** `onUsage` hears of every answer of the model, also of one that makes no story: it is billed all the same. */
  write(
    brief: StoryBrief,
    facts: readonly Fact[],
    signal: AbortSignal,
    onUsage?: (usage: ModelUsage) => void,
  ): Promise<WrittenStory>;
}

/** Tells of a whole journey. Rejects as a StoryWriter does. */
export interface JourneyTeller {
  /** The facts are those of the journey and all that may be said; `onUsage` hears of every answer of the model. */
  tell(
    brief: JourneyBrief,
    facts: readonly Fact[],
    signal: AbortSignal,
    onUsage?: (usage: ModelUsage) => void,
  ): Promise<WrittenStory>;
}

/** What a narrative of a journey is asked to be. */
export type JourneyBrief = Pick<StoryBrief, 'length' | 'units' | 'seed'>;

export interface WrittenStory {
  readonly story: Story;
  /** Model id, or `narrator` for the embedded one. */
  readonly model: string;
  readonly usage: ModelUsage;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Micro-units of US dollars (1e-6 USD), an integer, from the catalog's price table. */
  readonly costMicroUsd: number;
}

/** Speaks one text with one voice. Rejects with a JobError. */
export interface Speaker {
  /** `onBilled` hears how many characters each answer is billed for, also when the whole speech then fails. */
  speak(
    text: string,
    voice: SpeakerVoice,
    signal: AbortSignal,
    onBilled?: (characters: number) => void,
  ): Promise<Speech>;
}

/** What the voice catalog says about one personality. */
export interface SpeakerVoice {
  readonly engine: 'standard' | 'neural' | 'long-form' | 'generative';
  /** Amazon Polly voice id. */
  readonly voiceId: string;
  /** BCP 47, for example `en-US`. */
  readonly language: string;
  /** Percent of the voice's natural pace, 20 to 200. */
  readonly ratePercent: number;
}

export interface Speech {
  readonly audio: Uint8Array;
  readonly contentType: 'audio/mpeg';
  /** Counted from the frames, true to 0.1 s. */
  readonly durationSeconds: number;
  readonly sampleRateHertz: number;
  readonly words: readonly WordTiming[];
  /** Characters the provider bills, audio and speech marks together. */
  readonly billedCharacters: number;
}

/** When one word of the text is spoken. `start` and `end` are UTF-16 offsets into the text. */
export interface WordTiming {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Seconds from the beginning of the audio. */
  readonly atSeconds: number;
}
