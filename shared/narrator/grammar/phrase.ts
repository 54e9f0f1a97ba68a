import type { Topic } from './topics.ts';

/** Where in a story a sentence stands: the place, its name and past, what lies around, the sky. */
export type Part = 'here' | 'past' | 'around' | 'sky';

/**
 * Ways to say one kind of fact. Templates hold neither digits nor proper names: those come from the fact's values, so a
 * sentence cannot say what the fact does not. `{subject}` is the place, or "it" where the sentence before was about it too.
 */
export interface Phrase {
  /** Kind of fact. */
  readonly kind: string;
  /** Values the fact must have for these words to be right. */
  readonly when?: Readonly<Record<string, string>>;
  readonly part: Part;
  /** What it is about; interests raise its chance. */
  readonly topics: readonly Topic[];
  /** Chance to be told among the others; 1 is ordinary. */
  readonly weight: number;
  /** True if the sentence is about the place itself, so that the next may say "it". */
  readonly aboutPlace?: true;
  /** Not told when the text of this value was said before. */
  readonly unlessSaid?: string;
  readonly say: readonly string[];
}
