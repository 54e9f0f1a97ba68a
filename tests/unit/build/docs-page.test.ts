import { describe, expect, it } from 'vitest';
import { docsPage } from '../../../infra/build/docs-page.ts';
import { html } from '../../../infra/build/html.ts';
import { failures } from '../../../shared/catalog/failures.ts';
import { problems } from '../../../shared/catalog/problems.ts';
import { queueNames } from '../../../shared/catalog/queues.ts';
import { basePath, routeNames, routes } from '../../../shared/catalog/routes.ts';
import { personalities } from '../../../shared/catalog/voices.ts';

const page = docsPage();
const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);

describe('the documentation page', () => {
  it.each(Object.entries(problems))('has a section for the problem %s that says what to do', (code, { advice }) => {
    const [section = ''] = new RegExp(`<section id="problem-${code}">.*?</section>`, 's').exec(page) ?? [];
    const text = section.replaceAll(/<[^>]*>/g, '');
    expect(text).toContain(html`${advice.replaceAll('`', '')}`.text);
  });

  it.each(routeNames)('tells method, path and every field of %s', (name) => {
    const route = routes[name];
    const [section = ''] = new RegExp(`<section id="route-${name}">.*?</section>`, 's').exec(page) ?? [];
    expect(section).toContain(`${route.method} ${basePath}${route.path}`);
    const shapes = [
      'params' in route ? route.params.shape : {},
      'query' in route ? route.query.shape : {},
      'body' in route ? route.body.shape : {},
    ];
    for (const field of shapes.flatMap(Object.keys)) expect(section).toContain(`<code>${field}</code>`);
  });

  it('names every queue, voice and failure', () => {
    const words = [...queueNames, ...Object.keys(personalities), ...Object.keys(failures)];
    expect(words.filter((word) => !page.includes(`<code>${word}</code>`))).toEqual([]);
  });

  it('has each anchor once, and a target for each link within the page', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('loads nothing, runs nothing and is small', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(| src=| on\w+=| style="/i);
    expect(page).not.toMatch(/https?:\/\//);
    expect(Buffer.byteLength(page)).toBeLessThan(60_000);
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (['meta'].includes(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

it('a value in a template of HTML is text, whatever it holds', () => {
  const hostile = '<b title="x">&</b>';
  expect(html`<p title="${hostile}">${[hostile, html`<i>${hostile}</i>`]}</p>`.text).toBe(
    '<p title="&lt;b title=&quot;x&quot;&gt;&amp;&lt;/b&gt;">&lt;b title=&quot;x&quot;&gt;&amp;&lt;/b&gt;<i>&lt;b title=&quot;x&quot;&gt;&amp;&lt;/b&gt;</i></p>',
  );
});
