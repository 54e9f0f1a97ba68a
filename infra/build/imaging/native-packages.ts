import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LockedPackages } from './locked-packages.ts';

const run = promisify(execFile);

/** Where a package is to run, in npm's words. */
export interface Platform {
  readonly os: string;
  readonly cpu: string;
  readonly libc: string;
}

/** Lambda's Node.js runtimes are Amazon Linux 2023 (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html). */
export const lambdaPlatform: Platform = { os: 'linux', cpu: 'arm64', libc: 'glibc' };

/**
 * Has npm install the packages for a platform that may not be this one, in the versions and with the checksums of the lock file. Kept below
 * `cacheFolder` under the hash of all that, so that only a change of the lock file asks the registry again. Tells the folder that holds
 * `node_modules`. Rejects with npm's words when they cannot be had.
 */
export async function installFor(platform: Platform, locked: LockedPackages, cacheFolder: string): Promise<string> {
  const hash = createHash('sha256')
    .update(JSON.stringify([platform, locked]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(cacheFolder, `${locked.name}-${platform.os}-${platform.cpu}-${hash}`);
  if (!existsSync(folder)) await install(folder, locked, platform);
  return folder;
}

/** Whoever is offline should learn it within seconds, not after npm's minutes of patience. */
const unattended = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-timeout=60000',
];

/** Into a folder of another name first: what has its own name is whole. */
async function install(folder: string, locked: LockedPackages, { os, cpu, libc }: Platform): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  const manifest = { name: 'native-packages', version: '1.0.0', dependencies: { [locked.name]: locked.version } };
  const lock = { ...manifest, lockfileVersion: 3, requires: true, packages: { '': manifest, ...locked.packages } };
  await mkdir(unfinished, { recursive: true });
  try {
    await writeFile(join(unfinished, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(unfinished, 'package-lock.json'), JSON.stringify(lock));
    const target = [`--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`];
    await run('npm', ['ci', ...target, ...unattended], { cwd: unfinished });
    await rename(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another build was faster
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
