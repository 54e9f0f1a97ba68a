import { alarmStates, type Evidence, type Judgement } from './alarm.ts';
import { type Expression, ExpressionError, namesIn } from './expression.ts';

/** Judges the rule of a composite alarm. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
export function judgeRule(rule: Expression, find: Evidence['find']): Judgement {
  const names = namesIn(rule).filter((name) => !constants.has(name));
  const inAlarm = new Set(names.filter((name) => find(name).state === 'ALARM').map((name) => find(name).name));
  const reason = inAlarm.size === 0 ? 'None of its alarms is in ALARM.' : `In ALARM: ${[...inAlarm].join(', ')}.`;
  return { state: holds(rule, find) ? 'ALARM' : 'OK', reason };
}

const constants = new Set(['TRUE', 'FALSE']);

function holds(rule: Expression, find: Evidence['find']): boolean {
  if (rule.kind === 'name' && constants.has(rule.name)) return rule.name === 'TRUE';
  if (rule.kind === 'binary' && rule.operator === 'AND') return holds(rule.left, find) && holds(rule.right, find);
  if (rule.kind === 'binary' && rule.operator === 'OR') return holds(rule.left, find) || holds(rule.right, find);
  if (rule.kind === 'call') {
    const [only] = rule.items;
    if (rule.name === 'NOT' && only) return !holds(only, find);
    const wanted = alarmStates.find((state) => state === rule.name);
    if (wanted && only?.kind === 'name') return find(only.name).state === wanted;
  }
  throw new ExpressionError(`The local CloudWatch does not understand this part of a rule: ${JSON.stringify(rule)}.`);
}
