import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const rows = readFileSync(path.join(root, 'docs/faults.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && line.includes('`tests/'));

/** Each file of a row's last column with the names that are quoted after it. */
function proofsOf(row: string): [file: string, names: string[]][] {
  const proof = row.split('|').at(-2) ?? '';
  return proof
    .split(/(?=`tests\/)/)
    .filter((part) => part.startsWith('`tests/'))
    .map((part) => [
      /`([^`]+)`/.exec(part)?.[1] ?? '',
      Array.from(part.matchAll(/"([^"]+)"/g), ([, name]) => name ?? ''),
    ]);
}

describe('the table of faults', () => {
  it.each(rows)('names tests that there are: %s', (row) => {
    for (const [file, names] of proofsOf(row)) {
      const source = readFileSync(path.join(root, file), 'utf8');
      for (const name of names) expect(source, file).toContain(name);
    }
  });

  it('has a row for every case that can happen here', () => {
    expect(rows.length).toBeGreaterThan(40);
  });
});
