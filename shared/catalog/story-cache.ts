/** How stories are told again to whoever asks for the same one (docs/adr/0011-stories-are-shared.md). */
export const storyCache = {
  /** Raise it when the same request would be told in other words: the facts, the grammar or the prompt have changed. */
  version: 1,
  /** A story speaks of its part of the day, and none lasts longer than this. A stage may keep stories for less. */
  longestKeptSeconds: 43_200,
  /** A writer that has not kept its story by then is dead: longer than any attempt at the step may run. */
  lockSeconds: 120,
  /** How often a job looks whether the story it awaits is there: first, and at most. */
  firstLookSeconds: 1,
  longestLookSeconds: 8,
} as const;
