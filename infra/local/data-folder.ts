import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockFolder } from './folder-lock.ts';
import { createLogFolder, type LogFolder } from './log-folder.ts';

/** Everything one local cloud keeps on disk, and nothing of it anywhere else. */
export interface DataFolder {
  /** Absolute path. */
  readonly path: string;
  /** Tables and the index of the buckets; in WAL mode, committed writes survive `kill -9`. */
  readonly database: DatabaseSync;
  readonly objectsFolder: string;
  readonly logs: LogFolder;
  /** Closes the database and gives the folder back. */
  close(): void;
}

/** The key of the local issuer in a data folder; it is there whether or not a cloud runs on the folder. */
export function issuerKeyFile(folder: string): string {
  return path.resolve(folder, 'issuer-key.json');
}

/** Opens, and if need be makes, the data folder for this process alone. Throws FolderInUseError while another one has it. */
export function openDataFolder(folder: string): DataFolder {
  const root = path.resolve(folder);
  const objectsFolder = path.join(root, 'objects');
  mkdirSync(objectsFolder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(root);
  const database = new DatabaseSync(path.join(root, 'cloud.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const logs = createLogFolder(path.join(root, 'logs'));
  return {
    path: root,
    database,
    objectsFolder,
    logs,
    close() {
      logs.close();
      database.close();
      unlock();
    },
  };
}
