/** What a story is asked to be. Everything in it changes the text, so all of it is part of the key under which the story is shared. */
export interface StoryBrief {
  /** Degrees, WGS 84. */
  readonly location: { readonly latitude: number; readonly longitude: number; readonly name?: string };
  readonly interests: readonly string[];
  readonly theme?: string;
  readonly length: StoryLength;
  readonly units: 'metric' | 'imperial';
  /** The moment the story is set in; its local date and part of day may appear in the text. */
  readonly when: Date;
  /** Same brief and seed, same text. */
  readonly seed: string;
}

export type StoryLength = 'short' | 'medium' | 'long';

/** One checkable statement about a place. `values` holds every number and proper name that a sentence may use. */
export interface Fact {
  /** Unique within one story, for example `population`. */
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  /** Where it comes from: a data set and its record, or a page. */
  readonly source: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface Story {
  readonly title: string;
  readonly content: string;
  /** The sentences of `content` in order, each with the ids of the facts it states (none for a turn of phrase). */
  readonly sentences: readonly { readonly text: string; readonly facts: readonly string[] }[];
  readonly facts: readonly Fact[];
  readonly words: number;
  /** Credits the licence of the data asks for. */
  readonly credits: readonly string[];
}
