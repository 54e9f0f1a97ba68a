import type { ModelUsage } from './narration.ts';
import type { Fact, StoryBrief } from './story.ts';

/** What a traveller asks, and what shapes the answer. All of it is theirs and none of it is to be trusted. */
export interface Question {
  readonly message: string;
  readonly units: StoryBrief['units'];
  /** BCP 47; undefined: the language of the message. */
  readonly language?: string;
}

/** A text that was answered, with the facts it states. */
export interface Answer {
  readonly text: string;
  /** The sentences of `text` in order, each with the ids of the facts it states. */
  readonly sentences: readonly { readonly text: string; readonly facts: readonly string[] }[];
  readonly facts: readonly Fact[];
  /** Credits the licence of the data asks for. */
  readonly credits: readonly string[];
}

export interface WrittenAnswer {
  readonly answer: Answer;
  /** Model id, or `narrator` for the embedded one. */
  readonly model: string;
  readonly usage: ModelUsage;
}

/** Answers from the facts and from nothing else. Rejects with a JobError: throttled, transient, or permanent (filtered, empty). */
export interface QuestionAnswerer {
  /** `onUsage` hears of every answer of the model, also of one that cannot be used: it is billed all the same. */
  answer(
    question: Question,
    facts: readonly Fact[],
    signal: AbortSignal,
    onUsage?: (usage: ModelUsage) => void,
  ): Promise<WrittenAnswer>;
}
