import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { grafanaDashboard } from '../../../infra/build/grafana-dashboard.ts';
import { openMetrics } from '../../../shared/catalog/queue-figures.ts';

const Place = z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() });
const Panel = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string(),
  gridPos: Place,
  targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
});
const Dashboard = z.object({
  panels: z.array(Panel),
  templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
});

const { panels, templating } = Dashboard.parse(grafanaDashboard());
const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

describe('the dashboard for Grafana', () => {
  it('is the one that is checked in; `npm run grafana` writes it', () => {
    const file = join(import.meta.dirname, '../../../docs/grafana-dashboard.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(grafanaDashboard());
  });

  it('shows every figure that is scraped once, and none that is not', () => {
    const asked = queries.map((query) => query.slice(0, query.indexOf('{')));
    expect(asked.toSorted()).toEqual(
      Object.values(openMetrics)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it('asks for quantiles where there are some, and only for variables that it has', () => {
    for (const { name, type } of Object.values(openMetrics)) {
      const query = queries.find((one) => one.startsWith(`${name}{`)) ?? '';
      expect(query.includes('quantile=~'), name).toBe(type === 'summary');
    }
    const used = JSON.stringify(panels).matchAll(/\$(\w+)/g);
    const known = templating.list.map(({ name }) => name);
    for (const [, name] of used) expect(known).toContain(name);
  });

  it('lays no panel over another, nor beyond the screen', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});
