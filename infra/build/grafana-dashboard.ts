import { type OpenMetric, openMetrics } from '../../shared/catalog/queue-figures.ts';

type Figure = keyof typeof openMetrics;

/** Where each figure is shown. The compiler asks for a row for a new one. */
const rowOf = {
  waiting: 'Who is waiting',
  in_flight: 'Who is waiting',
  delayed: 'Who is waiting',
  age_of_oldest: 'Who is waiting',
  paused: 'Who is waiting',
  pick_up: 'How soon, and how long',
  step: 'How soon, and how long',
  per_minute: 'What comes, and what becomes of it',
  completion_rate: 'What comes, and what becomes of it',
  dead_letter_messages: 'What comes, and what becomes of it',
  opportunities: 'Quality',
  defects: 'Quality',
  dpmo: 'Quality',
  sigma_level: 'Quality',
} as const satisfies Record<Figure, string>;

const titles: Readonly<Record<Figure, string>> = {
  waiting: 'Waiting messages',
  in_flight: 'Messages in flight',
  delayed: 'Delayed messages',
  age_of_oldest: 'Age of the oldest message',
  paused: 'Paused',
  pick_up: 'Pick-up latency',
  step: 'Duration of a step',
  per_minute: 'Jobs a minute',
  completion_rate: 'Completion rate',
  dead_letter_messages: 'Messages in dead-letter queues',
  opportunities: 'Opportunities',
  defects: 'Defects',
  dpmo: 'Defects for a million opportunities',
  sigma_level: 'Sigma level',
};

/** Labels that a figure has beside its queue, as its legend shows them. */
const moreLabels: Readonly<Partial<Record<Figure, string>>> = {
  per_minute: '{{event}}',
  pick_up: 'p{{quantile}}',
  step: 'p{{quantile}}',
};

const figures = Object.keys(openMetrics).filter((name): name is Figure => Object.hasOwn(openMetrics, name));

/** Grafana divides the width of a screen by 24. */
const SCREEN_WIDTH = 24;
const PANEL_WIDTH = 8;
const PANEL_HEIGHT = 8;

const datasource = { type: 'prometheus', uid: '$datasource' };

/**
 * A dashboard for those who scrape `GET /metrics` into Prometheus: a panel for each figure of the catalog, by queue.
 * https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function grafanaDashboard(): object {
  const rows = [...Map.groupBy(figures, (figure) => rowOf[figure])];
  const panels: object[] = [];
  let y = 0;
  for (const [title, ofRow] of rows) {
    panels.push({ id: panels.length + 1, type: 'row', title, gridPos: { x: 0, y, w: SCREEN_WIDTH, h: 1 }, panels: [] });
    for (const [index, figure] of ofRow.entries()) {
      const x = (index * PANEL_WIDTH) % SCREEN_WIDTH;
      const line = Math.floor((index * PANEL_WIDTH) / SCREEN_WIDTH);
      const gridPos = { x, y: y + 1 + line * PANEL_HEIGHT, w: PANEL_WIDTH, h: PANEL_HEIGHT };
      panels.push({ id: panels.length + 1, gridPos, ...panelOf(figure) });
    }
    y += 1 + Math.ceil((ofRow.length * PANEL_WIDTH) / SCREEN_WIDTH) * PANEL_HEIGHT;
  }
  return {
    uid: 'roadtrip-jobs-queues',
    title: 'Roadtrip Jobs: queues',
    tags: ['roadtrip-jobs'],
    schemaVersion: 39,
    editable: true,
    refresh: '1m',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: variables() },
    panels,
  };
}

function panelOf(figure: Figure): object {
  const { name, type, unit, help }: OpenMetric = openMetrics[figure];
  const labels = ['queue=~"$queue"', ...(type === 'summary' ? ['quantile=~"$quantile"'] : [])];
  const legendFormat = ['{{queue}}', moreLabels[figure]].filter(Boolean).join(' ');
  return {
    type: 'timeseries',
    title: titles[figure],
    description: help,
    datasource,
    fieldConfig: { defaults: { unit: grafanaUnit(unit), min: 0 }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: [{ refId: 'A', datasource, expr: `${name}{${labels.join(',')}}`, legendFormat }],
  };
}

function grafanaUnit(unit: string | undefined): string {
  if (unit === 'seconds') return 's';
  return unit === 'ratio' ? 'percentunit' : 'short';
}

function variables(): readonly object[] {
  const query = `label_values(${openMetrics.waiting.name}, queue)`;
  const several = { multi: true, includeAll: true };
  return [
    { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' },
    {
      name: 'queue',
      label: 'Queue',
      type: 'query',
      datasource,
      query,
      refresh: 2,
      ...several,
      current: { text: 'All', value: '$__all' },
    },
    {
      name: 'quantile',
      label: 'Quantile',
      type: 'custom',
      query: '0.5,0.95,0.99',
      ...several,
      current: { text: ['0.95'], value: ['0.95'] },
    },
  ];
}
