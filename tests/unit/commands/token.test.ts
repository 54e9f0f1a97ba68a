import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

test('a folder without a key gets one and that is said beside the token; the same folder again needs no word', () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'roadtrip-')), 'typo');
  const first = token(folder);
  expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/) });
  expect(first.stderr).toBe(
    `Making a new key in ${folder}: only a local cloud with the same --data takes this token.\n`,
  );
  expect(token(folder)).toMatchObject({ status: 0, stderr: '' });
});

function token(folder: string) {
  return spawnSync(process.execPath, ['infra/commands/token.ts', '--data', folder], {
    cwd: path.resolve(import.meta.dirname, '../../..'),
    encoding: 'utf8',
  });
}
