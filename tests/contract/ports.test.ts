import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PortRow, ports } from '../conformance/ports.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('the list of ports', () => {
  it('has every adapter of a port', () => {
    const listed = ports.filter(({ adapter }) => /^[A-Z]/.test(adapter)).map(rowName);
    expect(listed.toSorted()).toEqual(implementations('shared/adapters').map(pairName).toSorted());
  });

  it('has every fake of a port that has an adapter', () => {
    const known = new Set(ports.map(({ port }) => port));
    const fakes = implementations('tests/support').filter(({ port }) => known.has(port));
    const listed = ports.flatMap(({ fake, port }) => (fake === undefined ? [] : [pairName({ name: fake, port })]));
    expect(listed.toSorted()).toEqual(fakes.map(pairName).toSorted());
  });

  it.each(ports)('names a suite that judges $adapter, and what stands in for it', ({ adapter, fake, suite }) => {
    const source = readFileSync(path.join(root, `tests/contract/${suite}.test.ts`), 'utf8');
    expect(source).toContain(adapter);
    if (fake === undefined) return;
    expect(source).toMatch(new RegExp(`new ${fake}\\(`));
    expect(source, 'by which the fake’s tests are told from the adapter’s').toContain("in memory'");
  });

  it('is in the documentation, as are the tests that DynamoDB Local fails', () => {
    const page = readFileSync(path.join(root, 'docs/conformance.md'), 'utf8');
    const failing = readdirSync(path.join(root, 'tests/contract')).flatMap((name) => {
      const source = readFileSync(path.join(root, 'tests/contract', name), 'utf8');
      return [...source.matchAll(/testUnlessDynamoDbLocal\('(.+?)'/g)].map(([, title = '']) => title);
    });
    expect(failing.length).toBeGreaterThan(0);
    for (const wanted of [...ports.map(({ port }) => port), ...failing]) expect(page).toContain(wanted);
  });
});

interface Implementation {
  readonly name: string;
  readonly port: string;
}

/** What says `implements`, and the parts of a class that are typed as a port. */
function implementations(folder: string): readonly Implementation[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const source = readFileSync(path.join(root, folder, name), 'utf8');
      return source.split(/^export (?=class )/m).flatMap((text) => {
        const [, className = '', port = ''] = /^class (\w+) implements (?:Pick<)?(\w+)/.exec(text) ?? [];
        if (className === '') return [];
        const parts = [...text.matchAll(/^ {2}readonly \w+: ([A-Z]\w+) = \{/gm)].map(([, part = '']) => part);
        return [port, ...parts].map((each) => ({ name: className, port: each }));
      });
    });
}

function pairName({ name, port }: Implementation): string {
  return `${name}: ${port}`;
}

function rowName({ adapter, port }: PortRow): string {
  return pairName({ name: adapter, port });
}
