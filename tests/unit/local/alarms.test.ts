// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
import { beforeEach, expect, test } from 'vitest';
import type { AlarmDefinition, AlarmState } from '../../../infra/local/aws/cloudwatch/alarm.ts';
import { createAlarms } from '../../../infra/local/aws/cloudwatch/alarms.ts';
import { judgeRule } from '../../../infra/local/aws/cloudwatch/composite-rule.ts';
import { parseExpression } from '../../../infra/local/aws/cloudwatch/expression.ts';
import { createMetricStore } from '../../../infra/local/aws/cloudwatch/metric-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const minute = 60_000;
const arnOf = (name: string) => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${name}`;

let clock: ManualClock;
let alarms: ReturnType<typeof createAlarms>;
let states: Record<string, AlarmState>;
let changed: string[];
beforeEach(() => {
  clock = new ManualClock();
  alarms = createAlarms(createMetricStore(clock.now()), clock);
  states = {};
  changed = [];
});

function add(name: string, rest: Partial<AlarmDefinition> = {}): void {
  alarms.add({
    name,
    arn: arnOf(name),
    kind: 'MetricAlarm',
    properties: {},
    actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
    judge: () => ({ state: states[name] ?? 'OK', reason: 'set by the test' }),
    ...rest,
  });
}

function addComposite(name: string, rule: string): void {
  const parsed = parseExpression(rule);
  add(name, { kind: 'CompositeAlarm', judge: ({ find }) => judgeRule(parsed, find) });
}

/** A minute later, with the metric alarms in these states. */
function nextMinute(next: Record<string, AlarmState> = states): void {
  states = next;
  clock.advance(minute);
  alarms.evaluate(clock.now(), ({ alarm, from }) => changed.push(`${alarm.name} ${from} → ${alarm.state}`));
}

const stateOf = (name: string) => alarms.all().find((alarm) => alarm.name === name)?.state;

test('an alarm begins without data, and tells each change but not that it stays', () => {
  add('errors');
  expect(stateOf('errors')).toBe('INSUFFICIENT_DATA');
  for (const state of ['OK', 'ALARM', 'ALARM', 'OK'] as const) nextMinute({ errors: state });
  expect(changed).toEqual(['errors INSUFFICIENT_DATA → OK', 'errors OK → ALARM', 'errors ALARM → OK']);
});

test('an alarm that is never judged says why', () => {
  add('unusual', { judge: () => undefined, inert: 'needs weeks' });
  nextMinute();
  expect(alarms.all()).toMatchObject([{ state: 'INSUFFICIENT_DATA', reason: 'needs weeks' }]);
});

test.each([
  ['ALARM("one") OR ALARM("two")', 'ALARM'],
  ['ALARM("one") AND ALARM("two")', 'OK'],
  ['ALARM("one") AND NOT ALARM("two")', 'ALARM'],
  [`(ALARM("${arnOf('two')}") OR (OK(two) AND ALARM(one)))`, 'ALARM'],
  ['INSUFFICIENT_DATA("one")', 'OK'],
  ['FALSE OR NOT (TRUE)', 'OK'],
] as const)('a composite alarm of %s, the first in alarm, is %s', (rule, state) => {
  addComposite('both', rule);
  add('one');
  add('two');
  nextMinute({ one: 'ALARM', two: 'OK' });
  expect(stateOf('both')).toBe(state);
});

test('composite alarms stand on each other in any order, within the same minute', () => {
  addComposite('top', 'ALARM("middle")');
  addComposite('middle', 'ALARM("one")');
  add('one');
  nextMinute({ one: 'ALARM' });
  expect(stateOf('top')).toBe('ALARM');
  expect(alarms.all()[0]?.reason).toBe('In ALARM: middle.');
});

test.each([
  ['ALARM("nobody")', 'There is no alarm nobody.'],
  ['SOMETIMES("one")', 'does not understand'],
  ['ALARM("one") +', 'unexpected end'],
])('a composite alarm of %s is refused before anything is judged', (rule, reason) => {
  add('one');
  expect(() => {
    addComposite('both', rule);
    alarms.check();
  }).toThrow(reason);
});
