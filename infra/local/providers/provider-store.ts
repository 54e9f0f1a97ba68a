import type { DatabaseSync } from 'node:sqlite';
import type * as z from 'zod';

/** What the local providers keep, as JSON by kind and id, in the data folder's database: it survives `kill -9`, as a provider's own would. */
export class ProviderStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS provider_objects (
      kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID`);
  }

  get<T extends z.ZodType>(kind: string, id: string, schema: T): z.infer<T> | undefined {
    const row = this.#database.prepare('SELECT json FROM provider_objects WHERE kind = ? AND id = ?').get(kind, id);
    return row && schema.parse(JSON.parse(String(row.json)));
  }

  all<T extends z.ZodType>(kind: string, schema: T): z.infer<T>[] {
    const rows = this.#database.prepare('SELECT json FROM provider_objects WHERE kind = ? ORDER BY id').all(kind);
    return rows.map(({ json }) => schema.parse(JSON.parse(String(json))));
  }

  put(kind: string, id: string, value: unknown): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO provider_objects VALUES (?, ?, ?)')
      .run(kind, id, JSON.stringify(value));
  }

  /** All that `change` writes, or nothing of it, whenever the process is killed. */
  atomically<T>(change: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const done = change();
      this.#database.exec('COMMIT');
      return done;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  remove(kind: string, id: string): void {
    this.#database.prepare('DELETE FROM provider_objects WHERE kind = ? AND id = ?').run(kind, id);
  }
}
