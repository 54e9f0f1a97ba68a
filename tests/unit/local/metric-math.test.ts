// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
import { expect, test } from 'vitest';
import { parseExpression } from '../../../infra/local/aws/cloudwatch/expression.ts';
import { evaluateMath, type Points } from '../../../infra/local/aws/cloudwatch/metric-math.ts';

const none = undefined;
const series: Readonly<Record<string, Points>> = {
  m1: [1, 2, none, 4],
  m2: [10, 0, 30, 40],
  empty: [none, none, none, none],
};

function evaluate(expression: string): Points {
  return evaluateMath(parseExpression(expression), (id) => series[id] ?? [], 4);
}

test.each([
  ['m1 + m2 * 2', [21, 2, none, 84]],
  ['(m1 + m2) * 2', [22, 4, none, 88]],
  ['10 - 2 - 3', [5, 5, 5, 5]],
  ['-m1', [-1, -2, none, -4]],
  ['m1 / m2', [0.1, none, none, 0.1]],
  ['FILL(m1, 0)', [1, 2, 0, 4]],
  ['FILL(empty, 7) + m1', [8, 9, none, 11]],
  ['FILL(m1, m2)', [1, 2, 30, 4]],
  ['IF(m1 >= 2, m2, -1)', [-1, 0, none, 40]],
  ['IF(FILL(m1, 0) > 0 AND m2 > 5, 1, 0)', [1, 0, 0, 1]],
  ['if(m2 < 5 || m2 == 40, 1, 0)', [0, 1, 0, 1]],
] as const)('%s', (expression, points) => {
  expect(evaluate(expression)).toEqual(points);
});

test.each([
  ['ANOMALY_DETECTION_BAND(m1, 2)', 'does not have ANOMALY_DETECTION_BAND'],
  ['m1 % m2', 'unexpected %'],
  ['(m1', 'unexpected end'],
  ['m1 m2', 'unexpected m2'],
  ['SUM(m1)', 'does not have SUM'],
  ['NOT m1', 'does not have NOT'],
])('%s is refused', (expression, reason) => {
  expect(() => evaluate(expression)).toThrow(reason);
});
