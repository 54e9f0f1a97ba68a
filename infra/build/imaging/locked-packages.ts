import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** A part of the project's lock file: one package and all it needs, on every platform. */
export interface LockedPackages {
  readonly name: string;
  readonly version: string;
  /** As the lock file has them, by path: `node_modules/<name>`. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const LockedPackage = z.looseObject({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

type LockedPackage = z.infer<typeof LockedPackage>;

const LockFile = z.looseObject({ packages: z.record(z.string(), z.unknown()) });

/** Reads what the lock file in `root` says of the package. Rejects when it does not know it. */
export async function lockedPackages(root: string, name: string): Promise<LockedPackages> {
  const lock = LockFile.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const found = new Map<string, LockedPackage>();
  const open = [`node_modules/${name}`];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    const locked = LockedPackage.parse(lock.packages[path]);
    found.set(path, locked);
    const needed = Object.keys({ ...locked.dependencies, ...locked.optionalDependencies });
    open.push(...needed.flatMap((dependency) => resolve(dependency, path, lock.packages) ?? []));
  }
  const version = found.get(`node_modules/${name}`)?.version ?? '';
  return { name, version, packages: Object.fromEntries(found) };
}

/** A copy inside the package that needs it comes before the shared one. */
function resolve(name: string, path: string, packages: Readonly<Record<string, unknown>>): string | undefined {
  return [`${path}/node_modules/${name}`, `node_modules/${name}`].find((candidate) => candidate in packages);
}
