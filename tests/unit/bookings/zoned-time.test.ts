import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../shared/domain/zoned-time.ts';

const shown = (local: string, zone: string) => {
  const instant = instantOf(local, zone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('the instant of a local time', () => {
  it.each([
    ['2027-07-04T19:30', 'America/Denver', '2027-07-05T01:30:00.000Z'],
    ['2027-01-04T19:30', 'America/Denver', '2027-01-05T02:30:00.000Z'],
    ['2027-07-04T19:30', 'UTC', '2027-07-04T19:30:00.000Z'],
    ['2027-07-04T00:00', 'Asia/Kathmandu', '2027-07-03T18:15:00.000Z'],
    ['2027-07-04T12:00', 'Pacific/Kiritimati', '2027-07-03T22:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(shown(local, zone)).toBe(instant);
  });

  it('that the clocks skip is none', () => {
    expect(shown('2027-03-14T02:30', 'America/Denver')).toBeUndefined();
    expect(shown('2027-03-14T01:59', 'America/Denver')).toBe('2027-03-14T08:59:00.000Z');
    expect(shown('2027-03-14T03:00', 'America/Denver')).toBe('2027-03-14T09:00:00.000Z');
  });

  it('that the clocks show twice is the first one', () => {
    expect(shown('2027-11-07T01:30', 'America/Denver')).toBe('2027-11-07T07:30:00.000Z');
    expect(shown('2027-10-03T02:15', 'Australia/Lord_Howe')).toBeUndefined();
  });
});
