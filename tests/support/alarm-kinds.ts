import type { Alarm } from '../../infra/local/aws/cloudwatch/alarm.ts';

/** What kind of alarm it is: its row of the catalog, `objective_burning`, or `version_fails`. Throws for any other. */
export function kindOf({ name }: Pick<Alarm, 'name'>): string {
  const kind = /^RoadtripJobs-local-(\w+)/.exec(name)?.[1];
  if (kind !== undefined) return kind;
  throw new Error(`What is the alarm ${name} for? It needs a kind, and a test that causes its fault.`);
}

/** Kinds whose fault cannot be caused on the local cloud, and why. They are judged on metrics that a test makes up. */
export const fedByMetric: Readonly<Record<string, string>> = {
  jobs_overdue: 'A job must have been at it for an hour, by the clock of the functions, which is the machine’s.',
  objective_burning: 'Application Signals, which works out burn rates, is not part of the local cloud.',
  pages_not_delivered: 'The local SNS measures nothing, and nobody outside this machine is subscribed to it.',
  payments_differing: 'It takes a payment that is not what our record says, which our own code does not make.',
  records_throttled: 'The DynamoDB stand-in has no capacity that could be used up, and so no throttle metrics.',
  schedule_missed: 'The local scheduler always reaches its functions and has no queue of missed runs.',
};

/** Kinds that the local cloud does not judge at all, and why. */
export const neverJudged: Readonly<Record<string, string>> = {
  depth_unusual: 'A band of what is usual needs weeks of history.',
};
