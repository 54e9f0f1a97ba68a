/** How stories are told again to whoever asks for the same one (docs/adr/0011-stories-are-shared.md). */
export const storyCache = {
  /** Raise it when the same request would be told in other words: the facts, the grammar or the prompt have changed. */
  version: 1,
  /** A story speaks of its part of the day, and none lasts longer than this. A stage may keep stories for less. */
  longestKeptSeconds: 43_200,
  /** A writer that has not kept its story by then is dead: longer than any attempt at the step may run. */
  lockSeconds: 120,
  /** The longest pause between two looks whether the story that a job awaits is there. */
  longestLookSeconds: 8,
} as const;
