import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from 'selfsigned';
import { beforeAll, expect, test } from 'vitest';
import { expectedText } from '../../../infra/commands/command-line.ts';
import {
  defaultDataFolder,
  readCallbackTests,
  readDataFolder,
  tokenCommand,
} from '../../../infra/commands/local-options.ts';
import { twoColumns } from '../../../infra/commands/two-columns.ts';

let folder = '';
let file = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'roadtrip-'));
  file = path.join(folder, 'a-file');
  writeFileSync(file, 'not a certificate');
});

test('an option that no command knows is refused with where to find those that are', () => {
  const refused = errorOf(() => parseArgs({ args: ['--prot', '1'], options: {}, allowPositionals: true }));
  expect(expectedText(refused)).toBe("Unknown option '--prot'. `--help` lists the options.");
});

test('a path that the operating system refuses is one line, and any other error keeps its stack', () => {
  const missing = path.join(folder, 'missing');
  expect(expectedText(errorOf(() => readFileSync(missing)))).toBe(`${missing}: there is no such file or folder.`);
  expect(expectedText(new TypeError('x is not a function'))).toBeUndefined();
});

test('a data folder that is a file, or lies in one, is refused by name before anything starts', () => {
  expect(() => readDataFolder(file)).toThrow(wrongUse(`--data ${file}: it is a file, not a folder.`));
  const inside = path.join(file, 'inside');
  expect(() => readDataFolder(inside)).toThrow(wrongUse(`--data ${inside}: a part of it is a file, not a folder.`));
  expect(readDataFolder(path.join(folder, 'new', 'one'))).toBe(path.join(folder, 'new', 'one'));
});

test('a receiver comes with the certificate that vouches for it, and nothing else passes for one', async () => {
  const origins = ['https://localhost:4643'];
  const missing = path.join(folder, 'missing.pem');
  expect(() => readCallbackTests(origins, undefined)).toThrow(wrongUse('--callback needs --callback-ca'));
  expect(() => readCallbackTests(origins, missing)).toThrow(
    wrongUse(`--callback-ca ${missing}: there is no such file`),
  );
  expect(() => readCallbackTests(origins, file)).toThrow(wrongUse('it holds no certificate (PEM)'));
  const certificate = path.join(folder, 'certificate.pem');
  const { cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  writeFileSync(certificate, cert);
  expect(readCallbackTests(origins, certificate)).toEqual({ origins, certificateAuthority: cert });
});

test('the command for another token names the data folder when it is not the usual one', () => {
  expect(tokenCommand(`./${defaultDataFolder}/`)).toBe('npm run --silent token -- --owner somebody');
  expect(tokenCommand('/tmp/x')).toBe('npm run --silent token -- --owner somebody --data /tmp/x');
  expect(tokenCommand("/tmp/it's mine")).toBe("npm run --silent token -- --owner somebody --data '/tmp/it'\\''s mine'");
});

test('meanings stand under each other beside the longest name', () => {
  expect(
    twoColumns([
      ['a', 'one'],
      ['bcd', 'two'],
    ]),
  ).toBe('  a    one\n  bcd  two');
});

function wrongUse(message: string) {
  return expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) });
}

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
