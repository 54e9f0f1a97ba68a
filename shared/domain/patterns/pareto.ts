export interface ParetoRow<T> {
  readonly cause: T;
  readonly count: number;
  /** Of all, 0 to 1. */
  readonly share: number;
  /** Of this row and those before it, 0 to 1. */
  readonly cumulative: number;
  /** Whether it is one of the few that make up most of all. */
  readonly vital: boolean;
}

/**
 * The causes by how often they occur, the most frequent first. Vital are those that are needed to reach `most` of all, 0.8 by custom.
 */
export function pareto<T>(causes: readonly T[], most = 0.8): readonly ParetoRow<T>[] {
  const counts = [...Map.groupBy(causes, (cause) => cause)].map(([cause, all]) => ({ cause, count: all.length }));
  let before = 0;
  return counts
    .toSorted((a, b) => b.count - a.count)
    .map(({ cause, count }) => {
      const vital = before / causes.length < most;
      before += count;
      return { cause, count, share: count / causes.length, cumulative: before / causes.length, vital };
    });
}
