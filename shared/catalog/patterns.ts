/** What the hourly analysis looks at, and what it says of it (docs/adr/0015-what-runs-besides.md). */

/** The hours that are judged: the last day. */
export const judgedHours = 24;

/** The hours before them that say what is usual. Whole weeks, because weekends are unlike other days. */
export const usualHours = 7 * 24;

/** Metrics reach CloudWatch a minute or two after what they measure, so an hour is read when it is over for so long. Minutes. */
export const settlingMinutes = 5;

/** Failed jobs of each queue that are read, the newest; more would not change which causes are the most frequent. */
export const failuresReadAtMost = 1_000;

/** From this part of its capacity on, a consumer's jobs wait longer than they are worked on, should they come in bursts. */
export const highUtilization = 0.7;

/** What may be recommended. The log's line has the figures that speak for it. */
export const recommendations = {
  look_for_cause:
    'More jobs of the newest hour failed than chance explains. Look what changed: a deployment, an upstream, one owner.',
  mend_most_frequent:
    'This cause is one of the few behind four of five failures. Mending it saves more than all the rest.',
  add_capacity:
    'In its busiest hour of the day the consumer was near its limit. Raise the queue’s concurrency in infra/stages.ts, as far as the account and the upstream allow.',
} as const satisfies Record<string, string>;

export type RecommendationName = keyof typeof recommendations;
