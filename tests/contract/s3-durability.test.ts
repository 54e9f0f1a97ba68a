import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ObjectStore } from '../../infra/local/aws/s3/object-store.ts';

let root: string;
let folder: string;
let databaseFile: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 's3-durability-'));
  folder = join(root, 'objects');
  databaseFile = join(root, 'index.db');
});
afterEach(() => rm(root, { recursive: true }));

/** Starts the writer, kills it with SIGKILL after `uploads` of them, and returns the keys it reported. */
async function killWriterAfter(uploads: number): Promise<ReadonlySet<string>> {
  const script = fileURLToPath(new URL('../support/s3-writer.ts', import.meta.url));
  const writer = spawn(process.execPath, [script, folder, databaseFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const keys = new Set<string>();
  let seen = 0;
  for await (const key of createInterface({ input: writer.stdout })) {
    keys.add(key);
    seen += 1;
    if (seen === uploads) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  expect(writer.signalCode).toBe('SIGKILL');
  return keys;
}

test.each([1, 7, 40, 95])(
  'after a kill at upload %i every object is whole and no stray file remains',
  async (uploads) => {
    const acknowledged = await killWriterAfter(uploads);
    const store = new ObjectStore(folder, new DatabaseSync(databaseFile));
    const objects = store.list('media', '', '', 100);
    const keys = objects.map((object) => object.key);
    expect(keys).toEqual(expect.arrayContaining([...acknowledged]));
    for (const object of objects) {
      const expected = Buffer.alloc(200_000, object.key.slice(-1));
      expect(Buffer.compare(store.read(object, 0, object.size), expected)).toBe(0);
    }
    expect(readdirSync(folder).sort()).toEqual(objects.map((object) => object.file).sort());
  },
);

test('a start sweeps files without a row and touches no file that is not an object’s', () => {
  new ObjectStore(folder, new DatabaseSync(databaseFile));
  writeFileSync(join(folder, '9b2f4c1e-0000-4000-8000-000000000000'), 'half an upload');
  writeFileSync(join(folder, 'notes.txt'), 'somebody’s');
  new ObjectStore(folder, new DatabaseSync(databaseFile));
  expect(readdirSync(folder)).toEqual(['notes.txt']);
});
