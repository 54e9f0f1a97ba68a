import { describe, expect, it } from 'vitest';
import { alarmNotices } from '../../../functions/remediate/alarm-notices.ts';

const event = (message: object) => ({
  Records: [
    {
      Sns: {
        Message: JSON.stringify({
          AlarmName: 'RoadtripJobs-prod-upstream_throttled-ai_generation',
          OldStateValue: 'OK',
          NewStateValue: 'ALARM',
          StateChangeTime: '2026-11-25T09:00:00.000+0000',
          ...message,
        }),
      },
    },
  ],
});

describe('what an alarm’s notice says', () => {
  it('is which alarm of which queue began or ended', () => {
    expect(alarmNotices(event({}), 'prod')).toEqual([
      {
        alarm: 'upstream_throttled',
        queue: 'ai_generation',
        change: 'began',
        id: 'RoadtripJobs-prod-upstream_throttled-ai_generation 2026-11-25T09:00:00.000+0000',
      },
    ]);
    expect(alarmNotices(event({ OldStateValue: 'ALARM', NewStateValue: 'OK' }), 'prod')).toMatchObject([
      { change: 'ended' },
    ]);
  });

  it.each([
    ['of another stage', { AlarmName: 'RoadtripJobs-dev-upstream_throttled-ai_generation' }],
    ['of an alarm that nothing is done about', { AlarmName: 'RoadtripJobs-prod-api_slow' }],
    ['that data came back', { OldStateValue: 'INSUFFICIENT_DATA', NewStateValue: 'OK' }],
    ['that data are missing', { OldStateValue: 'ALARM', NewStateValue: 'INSUFFICIENT_DATA' }],
  ])('is nothing when it is %s', (_, message) => {
    expect(alarmNotices(event(message), 'prod')).toEqual([]);
  });

  it('is nothing in a scheduled run, and an error in what is no notice', () => {
    expect(alarmNotices({}, 'prod')).toEqual([]);
    expect(() => alarmNotices({ Records: [{ Sns: { Message: '{}' } }] }, 'prod')).toThrow();
  });
});
