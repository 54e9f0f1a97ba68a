import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alarmNames, alarms, compositeAlarms, versionAlarm } from '../../../shared/catalog/alarms.ts';
import { burnAlarm } from '../../../shared/catalog/objectives.ts';
import { savedQueries } from '../../../shared/catalog/saved-queries.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8');

/** Text of each section that is named like an alarm. */
const sections = new Map(
  runbook.split(/^## /m).map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);

const impacts: readonly (readonly [string, string])[] = [
  ...alarmNames.map((name) => [name, alarms[name].impact] as const),
  ...Object.entries(compositeAlarms).map(([name, { impact }]) => [name, impact] as const),
  [burnAlarm.name, burnAlarm.impact],
  [versionAlarm.name, versionAlarm.impact],
];

describe('the runbook', () => {
  it.each(impacts)('says of %s what it means, how to look, what to do, and when to escalate', (name, impact) => {
    const section = sections.get(name) ?? '';
    expect(section).toContain(`**Means:** ${impact}`);
    for (const part of ['**Look:**', '**Do:**', '**Escalate:**']) expect(section).toContain(part);
  });

  it('has no section for an alarm that is no more', () => {
    const named = [...sections.keys()].filter((title) => /^[a-z]+(_[a-z]+)+$/.test(title));
    expect(named.toSorted()).toEqual([...impacts.map(([name]) => name), 'spend_high'].toSorted());
  });

  it('leads nowhere that is not there', () => {
    const titles = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    for (const [, target] of runbook.matchAll(/\]\(#([^)]+)\)/g)) expect(titles).toContain(target);
  });

  it('asks only questions that are saved', () => {
    const asked = [...runbook.matchAll(/saved query `([^`]+)`/g)].map(([, name]) => name);
    expect(asked.length).toBeGreaterThan(3);
    for (const name of asked) expect(savedQueries.map((query): string => query.name)).toContain(name);
  });
});
