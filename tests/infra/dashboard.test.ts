import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jobTypeNames } from '../../shared/catalog/job-types.ts';
import { metrics } from '../../shared/catalog/metrics.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { deployedText, Synthesized } from './synthesized.ts';

const Widget = z.object({
  type: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  properties: z.looseObject({ title: z.string().optional(), metrics: z.array(z.array(z.unknown())).default([]) }),
});

let widgets: readonly z.infer<typeof Widget>[];
beforeAll(() => {
  const [dashboard] = new Synthesized({ stage: 'prod' }).operations.ofType('AWS::CloudWatch::Dashboard');
  const body: unknown = JSON.parse(deployedText(dashboard?.Properties.DashboardBody));
  widgets = z.object({ widgets: z.array(Widget) }).parse(body).widgets;
});

const titled = (title: string) => {
  const found = widgets.find(({ properties }) => properties.title === title);
  if (!found) throw new Error(`no widget "${title}"`);
  return found;
};

describe('the dashboard', () => {
  it('is on one screen', () => {
    expect(Math.max(...widgets.map(({ y, height }) => y + height))).toBeLessThanOrEqual(36);
  });

  it.each([
    'Waiting messages',
    'Age of the oldest, s',
    'In flight',
    'Pick-up latency p95, ms',
    'Consumers in use, % of what they may',
    'Completed, % of what can be done',
    'Defects per million opportunities, by day',
    'Sigma level, by day',
  ])('shows every queue in "%s"', (title) => {
    const shown = JSON.stringify(titled(title).properties.metrics);
    for (const queue of queueNames) expect(shown).toContain(`"${queue}"`);
  });

  it.each(['Accepted by type', 'Completed by type', 'Failed by type'])('shows every job type in "%s"', (title) => {
    const shown = JSON.stringify(titled(title).properties.metrics);
    for (const type of jobTypeNames) expect(shown).toContain(type);
  });

  it('shows only metrics that somebody emits', () => {
    const shown = widgets.flatMap(({ properties }) => properties.metrics);
    const own = shown.filter(([namespace]) => namespace === 'RoadtripJobs').map(([, name]) => String(name));
    const searched = [...JSON.stringify(shown).matchAll(/MetricName=\\+"(\w+)/g)].map(([, name]) => name ?? '');
    expect(own.length).toBeGreaterThan(20);
    for (const name of [...own, ...searched]) expect(Object.keys(metrics)).toContain(name);
  });

  it('gives each id once in a widget', () => {
    for (const { properties } of widgets) {
      const ids = [...JSON.stringify(properties.metrics).matchAll(/"id":"(\w+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('shows the failed jobs through a function', () => {
    expect(titled('Failed jobs kept')).toMatchObject({ type: 'custom', properties: { endpoint: expect.anything() } });
  });
});
