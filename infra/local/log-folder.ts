import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** One file a function, each bounded: at most the newest `maxFileBytes` and as much again before them. */
export interface LogFolder {
  readonly path: string;
  write(functionName: string, line: string): void;
  close(): void;
}

const maxFileBytesByDefault = 4 * 1024 * 1024;

/** Lines go to `<folder>/<function>.log`; a full file becomes `<function>.old.log` and replaces the one before it. */
export function createLogFolder(folder: string, maxFileBytes = maxFileBytesByDefault): LogFolder {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, { descriptor: number; bytes: number }>();
  const fileOf = (functionName: string) => path.join(folder, `${functionName}.log`);

  const open = (functionName: string) => {
    const descriptor = openSync(fileOf(functionName), 'a');
    const file = { descriptor, bytes: fstatSync(descriptor).size };
    files.set(functionName, file);
    return file;
  };

  return {
    path: folder,
    write(functionName, line) {
      const entry = Buffer.from(`${line}\n`);
      let file = files.get(functionName) ?? open(functionName);
      if (file.bytes > 0 && file.bytes + entry.length > maxFileBytes) {
        closeSync(file.descriptor);
        renameSync(fileOf(functionName), path.join(folder, `${functionName}.old.log`));
        file = open(functionName);
      }
      file.bytes += writeSync(file.descriptor, entry);
    },
    close() {
      for (const { descriptor } of files.values()) closeSync(descriptor);
      files.clear();
    },
  };
}
