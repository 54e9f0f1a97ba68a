/** The outside acts of a job, by name. */
export type Effects = Readonly<Record<string, RecordedEffect>>;

/**
 * One outside act. `begun`: whether it happened is known to its provider only; `done`: with this outcome; `refused`: its provider
 * said no, so nothing happened; `taken_back`: as if it had not happened.
 */
export interface RecordedEffect {
  readonly state: (typeof effectStates)[number];
  /** Rises when the act is done anew after it was refused or taken back; part of the provider's idempotency key. */
  readonly generation: number;
  readonly at: number;
  /** JSON text. */
  readonly outcome?: string;
  /** Whether the job must take it back before it ends otherwise than completed. */
  readonly must_undo: boolean;
}

export const effectStates = ['begun', 'done', 'refused', 'taken_back'] as const;

/** Whether an act that must be taken back is not: it was done, or nobody knows. */
export function isAnyOpen(effects: Effects): boolean {
  return Object.values(effects).some(({ state, must_undo }) => must_undo && (state === 'begun' || state === 'done'));
}
