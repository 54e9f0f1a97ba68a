import { expect, it } from 'vitest';
import { quietUntil } from '../../../shared/domain/quiet-hours.ts';

const night = { start: '22:00', end: '07:00', time_zone: 'America/Denver' };

const untilOf = (hours: typeof night, now: string) => {
  const until = quietUntil(hours, Date.parse(now));
  return until === undefined ? undefined : new Date(until).toISOString();
};

it.each([
  ['just before they start', night, '2026-07-04T03:59:59Z', undefined],
  ['when they start', night, '2026-07-04T04:00:00Z', '2026-07-04T13:00:00.000Z'],
  ['after midnight', night, '2026-07-04T08:30:00Z', '2026-07-04T13:00:00.000Z'],
  ['when they end', night, '2026-07-04T13:00:00Z', undefined],
  ['at noon', { ...night, start: '12:00', end: '14:00' }, '2026-07-04T18:30:00Z', '2026-07-04T20:00:00.000Z'],
  ['at noon sharp', { ...night, start: '12:00', end: '14:00' }, '2026-07-04T18:00:00Z', '2026-07-04T20:00:00.000Z'],
  ['before noon', { ...night, start: '12:00', end: '14:00' }, '2026-07-04T17:59:00Z', undefined],
])('%s hold as the recipient’s clock says', (_, hours, now, until) => {
  expect(untilOf(hours, now)).toBe(until);
});

it('are an hour shorter in the night that clocks are set forward, and an hour longer when they are set back', () => {
  expect(untilOf(night, '2026-03-08T05:00:00Z')).toBe('2026-03-08T13:00:00.000Z');
  expect(untilOf(night, '2026-11-01T04:00:00Z')).toBe('2026-11-01T14:00:00.000Z');
});

it('end with the next minute there is when clocks skip their end', () => {
  expect(untilOf({ ...night, end: '02:30' }, '2026-03-08T08:00:00Z')).toBe('2026-03-08T09:00:00.000Z');
});

it('hold again in an hour that comes twice, and then end', () => {
  const hours = { ...night, start: '01:15', end: '01:45' };
  expect(untilOf(hours, '2026-11-01T07:30:00Z')).toBe('2026-11-01T07:45:00.000Z');
  const second = Date.parse('2026-11-01T08:44:30Z');
  expect(quietUntil(hours, second)).toBeGreaterThan(second);
  expect(untilOf(hours, '2026-11-01T08:45:30Z')).toBeUndefined();
});
