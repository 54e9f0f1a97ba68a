import { describe, expect, it } from 'vitest';
import { queueFigureNames } from '../../../shared/catalog/queue-figures.ts';
import { QueueFiguresView } from '../../../shared/catalog/schemas/queue-stats.ts';
import { figuresOf } from '../../../shared/jobs/queue-figures.ts';

const measured = {
  accepted: 1_200,
  completed: 990,
  failed: 6,
  expired: 4,
  pickUp: { p50: 12, p95: 300, p99: 812.4 },
  step: { p50: 1_000, p95: 2_000, p99: 4_000 },
  ageOfOldest: 0,
};

describe('the figures of a queue', () => {
  it('are rates of the last hour, seconds, and the quality of what ended', () => {
    expect(figuresOf(measured)).toEqual({
      age_of_oldest: 0,
      per_minute: { accepted: 20, completed: 16.5, failed: 0.1, expired: 0.0667 },
      pick_up: { p50: 0.012, p95: 0.3, p99: 0.812 },
      step: { p50: 1, p95: 2, p99: 4 },
      opportunities: 1_000,
      defects: 10,
      completion_rate: 0.99,
      dpmo: 10_000,
      sigma_level: 3.83,
      missing: {},
    });
  });

  it('count nothing where other ends were counted, since a count of nothing is not written', () => {
    expect(figuresOf({ completed: 60 })).toMatchObject({
      per_minute: { accepted: 0, completed: 1, failed: 0, expired: 0 },
      opportunities: 60,
      defects: 0,
      completion_rate: 1,
      dpmo: 0,
    });
  });

  it('name no level for an hour without a defect', () => {
    expect(figuresOf({ completed: 60 })).toMatchObject({ sigma_level: null, missing: { sigma_level: 'too_few' } });
  });

  it('are null, and never 0, where nothing was measured, and say why', () => {
    const figures = figuresOf({});
    for (const name of queueFigureNames) expect([figures[name], figures.missing[name]]).toEqual([null, 'no_data']);
  });

  it('have no rate of completion when jobs came and none has ended', () => {
    const figures = figuresOf({ accepted: 3 });
    expect(figures).toMatchObject({ completion_rate: null, dpmo: null, opportunities: null });
    expect(figures.missing).toMatchObject({ completion_rate: 'nothing_ended', pick_up: 'no_data' });
  });

  it('are all null when CloudWatch could not be read', () => {
    const figures = figuresOf('not_readable');
    expect(new Set(Object.values(figures.missing))).toEqual(new Set(['not_readable']));
    expect(Object.keys(figures.missing)).toEqual([...queueFigureNames]);
  });

  it('fit their schema in every case', () => {
    for (const figures of [figuresOf(measured), figuresOf({}), figuresOf({ accepted: 1 }), figuresOf('not_readable')]) {
      expect(QueueFiguresView.parse(figures)).toEqual(figures);
    }
  });
});
