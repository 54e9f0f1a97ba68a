import { describe, expect, it } from 'vitest';
import {
  type AlarmDefinition,
  alarmNames,
  alarms,
  compositeAlarms,
  severityOf,
  type WatchedMetric,
} from '../../../shared/catalog/alarms.ts';
import { type MetricDefinition, metrics } from '../../../shared/catalog/metrics.ts';
import { type ObjectiveDefinition, objectiveNames, objectives } from '../../../shared/catalog/objectives.ts';
import { queueNames, queues } from '../../../shared/catalog/queues.ts';

const rows = alarmNames.map((name): [string, AlarmDefinition] => [name, alarms[name]]);
const promises = objectiveNames.map((name): [string, ObjectiveDefinition] => [name, objectives[name]]);

/** Everything that is watched, with its place in the catalog. */
const watched: readonly (readonly [string, WatchedMetric])[] = [
  ...rows.flatMap(([name, { watches }]) => entries(name, watches)),
  ...promises.flatMap(([name, row]) =>
    'bad' in row
      ? [...entries(name, row.bad.watches), ...entries(name, row.total.watches)]
      : [[name, row.latency] as const],
  ),
];

function entries(name: string, watches: Readonly<Record<string, WatchedMetric>>) {
  return Object.entries(watches).map(([id, metric]) => [`${name}.${id}`, metric] as const);
}

describe('what is watched', () => {
  it.each(watched)('%s is emitted with just these dimensions, so that there is something to see', (_, metric) => {
    if (!('own' in metric)) return;
    const { dimensions, alsoBy }: MetricDefinition = metrics[metric.own];
    const sets = [dimensions.join(), ...(alsoBy ? [alsoBy] : [])];
    const wanted = { queue: 'queue', probe: 'type,queue', service: '' }[metric.by ?? 'service'];
    expect(sets).toContain(wanted);
  });
});

describe('an alarm', () => {
  it.each(rows)('%s names in its expression what it watches, and nothing else', (_, { watches, expression }) => {
    const names = Object.keys(watches);
    if (expression === undefined) expect(names).toHaveLength(1);
    else expect(new Set(expression.match(/\b[a-z]\w*\b/g))).toEqual(new Set(names));
  });

  it.each(rows)('%s looks at no more than CloudWatch lets an alarm look at', (_, { periodSeconds, outOf, watches }) => {
    const [breaching, periods] = outOf;
    expect(breaching).toBeLessThanOrEqual(periods);
    expect(periodSeconds * periods).toBeLessThanOrEqual(86_400);
    expect(Object.keys(watches).length).toBeLessThanOrEqual(10);
  });

  it.each(rows)('%s says in one sentence what it means', (_, { impact }) => {
    expect(impact).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('of silence is one that takes silence for the worst', () => {
    const silent = rows.filter(([, { missing }]) => missing === 'breaching').map(([name]) => name);
    expect(silent).toEqual(['probe_late', 'reconciler_silent']);
  });

  it('pages for what somebody is waiting for, and never for what can wait', () => {
    const pagesFor = queueNames.filter(
      (queue) => severityOf(alarms.completion_rate_low, queues[queue].priority) === 'page',
    );
    expect(pagesFor).toEqual(['booking', 'voice_synthesis', 'notifications', 'ai_generation', 'default']);
    expect(severityOf(alarms.dead_letters_not_buried)).toBe('page');
  });

  it.each(queueNames)('on %s comes after its target and long before its jobs expire', (queue) => {
    const age = alarms.oldest_message_too_old.breaches.above(queues[queue]);
    const minutesOfBacklog = alarms.backlog_outruns_limit.breaches.above(queues[queue]);
    expect(age).toBeGreaterThan(queues[queue].pickUpTargetSeconds);
    expect(age).toBeLessThan(queues[queue].waitLimitSeconds / 2);
    expect(minutesOfBacklog * 60).toBeLessThan(queues[queue].waitLimitSeconds);
  });
});

it('every severity has a composite alarm that acts on it', () => {
  const acting = Object.values(compositeAlarms).map(({ severity }) => severity);
  expect(new Set(acting)).toEqual(new Set(['page', 'warn']));
});
