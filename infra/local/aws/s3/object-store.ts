import { createHash, randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { S3Error } from './s3-error.ts';

const textMap = z.string().transform((json) => z.record(z.string(), z.string()).parse(JSON.parse(json)));

const storedRow = z.object({
  key: z.string(),
  file: z.string(),
  size: z.number(),
  etag: z.string(),
  /** Milliseconds since the epoch. */
  modifiedAt: z.number(),
  /** Content type, metadata and the other headers that a GET gives back. */
  headers: textMap,
});

export type StoredObject = Readonly<z.output<typeof storedRow>>;

const schema = `CREATE TABLE IF NOT EXISTS s3_objects (
  bucket TEXT NOT NULL, key TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
  modifiedAt INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
) STRICT, WITHOUT ROWID`;
const ourFile = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/**
 * Objects on disk: the bytes in files with random names, so that no key can become a path, and the index in SQLite. A file
 * is whole before its row exists; files without a row, left by a killed process, are swept at the start.
 */
export class ObjectStore {
  readonly #folder: string;
  readonly #database: DatabaseSync;

  constructor(folder: string, database: DatabaseSync) {
    this.#folder = folder;
    this.#database = database;
    mkdirSync(folder, { recursive: true });
    database.exec(schema);
    const isIndexed = database.prepare('SELECT 1 FROM s3_objects WHERE file = ?');
    for (const file of readdirSync(folder)) {
      if (ourFile.test(file) && !isIndexed.get(file)) rmSync(join(folder, file));
    }
  }

  find(bucket: string, key: string): StoredObject | undefined {
    const row = this.#database.prepare('SELECT * FROM s3_objects WHERE bucket = ? AND key = ?').get(bucket, key);
    return row && storedRow.parse(row);
  }

  /** Stores or replaces an object; with `onlyIfNew`, throws PreconditionFailed when the key is taken. */
  async put(
    object: {
      readonly bucket: string;
      readonly key: string;
      readonly body: Buffer;
      readonly headers: Readonly<Record<string, string>>;
    },
    options: { readonly modifiedAt: number; readonly onlyIfNew: boolean },
  ): Promise<{ readonly etag: string }> {
    const { bucket, key, body } = object;
    const file = randomUUID();
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    await writeFile(join(this.#folder, file), body);
    const replaced = this.find(bucket, key);
    if (replaced && options.onlyIfNew) {
      await this.#removeFile(file);
      throw new S3Error('PreconditionFailed');
    }
    this.#database
      .prepare('INSERT OR REPLACE INTO s3_objects VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(bucket, key, file, body.length, etag, options.modifiedAt, JSON.stringify(object.headers));
    if (replaced) await this.#removeFile(replaced.file);
    return { etag };
  }

  /** In one step with `find`, so that no replacement can take the file away in between; 5 MB hold the process for 1 to 10 ms. */
  read(object: StoredObject, start: number, length: number): Buffer {
    const file = openSync(join(this.#folder, object.file), 'r');
    try {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, start);
      return bytes;
    } finally {
      closeSync(file);
    }
  }

  async delete(bucket: string, key: string): Promise<void> {
    const object = this.find(bucket, key);
    if (!object) return;
    this.#database.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?').run(bucket, key);
    await this.#removeFile(object.file);
  }

  /** At most `limit` objects with the prefix, whose keys come after `after` in the order of their UTF-8 bytes. */
  list(bucket: string, prefix: string, after: string, limit: number): readonly StoredObject[] {
    const page = this.#database.prepare(
      'SELECT * FROM s3_objects WHERE bucket = ? AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?',
    );
    return page.all(bucket, after, prefix, prefix, limit).map((row) => storedRow.parse(row));
  }

  #removeFile(file: string): Promise<void> {
    return rm(join(this.#folder, file), { force: true });
  }
}
