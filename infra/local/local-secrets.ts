import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { secretNames, secretParameter } from '../../shared/catalog/secrets.ts';

const stage = 'local';

/**
 * The stage's secrets by parameter name, as somebody would have put them into SSM: made up at the first start, kept in a file of the data folder that only
 * its owner may read.
 */
export function openLocalSecrets(folder: string): ReadonlyMap<string, string> {
  const file = path.join(folder, 'secrets.json');
  const kept = existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const names = secretNames.map((name) => secretParameter(stage, name));
  const all = { ...Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64url')])), ...kept };
  writeFileSync(file, JSON.stringify(all, null, 2), { mode: 0o600 });
  return new Map(Object.entries(all));
}

const Kept = z.record(z.string(), z.string());
