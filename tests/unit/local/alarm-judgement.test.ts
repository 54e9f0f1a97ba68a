// The examples of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html:
// three periods, a range of five, X breaches, 0 does not, - is missing.
import { expect, test } from 'vitest';
import { judgePoints } from '../../../infra/local/aws/cloudwatch/metric-condition.ts';

const threshold = { comparison: 'GreaterThanThreshold', threshold: 5, evaluationPeriods: 3 } as const;

const readPoints = (picture: string) =>
  picture.split(' ').map((point) => (point === '-' ? undefined : point === 'X' ? 10 : 0));

/** In the order of AWS's columns; `=` keeps the state. */
function judgements(picture: string, datapointsToAlarm: number): string {
  const columns = (['missing', 'ignore', 'breaching', 'notBreaching'] as const).map((treatMissingData) =>
    judgePoints(readPoints(picture), { ...threshold, datapointsToAlarm, treatMissingData }),
  );
  return columns.map((state) => state ?? '=').join(' ');
}

test.each([
  ['0 - X - X', 'OK OK OK OK'],
  ['0 - - - -', 'OK OK OK OK'],
  ['- - - - -', 'INSUFFICIENT_DATA = ALARM OK'],
  ['0 X X - X', 'ALARM ALARM ALARM ALARM'],
  ['- - X - -', 'ALARM = ALARM OK'],
  ['- - - - X', 'OK OK ALARM OK'],
])('three of three, %s', (picture, states) => {
  expect(judgements(picture, 3)).toBe(states);
});

test.each([
  ['0 - X - X', 'ALARM ALARM ALARM ALARM'],
  ['0 0 X 0 X', 'ALARM ALARM ALARM ALARM'],
  ['0 - X - -', 'OK OK ALARM OK'],
  ['- - - - 0', 'OK OK ALARM OK'],
  ['- - - X -', 'ALARM = ALARM OK'],
])('two of three, %s', (picture, states) => {
  expect(judgements(picture, 2)).toBe(states);
});

test.each([
  ['GreaterThanThreshold', 'ALARM OK OK'],
  ['GreaterThanOrEqualToThreshold', 'ALARM ALARM OK'],
  ['LessThanThreshold', 'OK OK ALARM'],
  ['LessThanOrEqualToThreshold', 'OK ALARM ALARM'],
] as const)('%s', (comparison, states) => {
  const rule = {
    ...threshold,
    comparison,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: 'missing',
  } as const;
  expect([6, 5, 4].map((value) => judgePoints([value], rule)).join(' ')).toBe(states);
});

test('what is missing because this start was later breaches nothing', () => {
  const condition = { ...threshold, datapointsToAlarm: 3, treatMissingData: 'breaching' } as const;
  const nothing = readPoints('- - - - -');
  expect([5, 4, 3, 2].map((unlived) => judgePoints(nothing, condition, unlived))).toEqual(['OK', 'OK', 'OK', 'ALARM']);
});
