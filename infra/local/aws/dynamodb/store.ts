import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import { attributeOf, type Item } from './attribute-value.ts';
import { DynamoDbFailure } from './failure.ts';
import type { KeyRange } from './key-condition.ts';
import { type EncodedKey, identityOf, type KeyedRows, keyAttributes, keyOf, placeOf, type Table } from './table.ts';

/** One item's change, made from what was read in the same turn of the event loop. */
export interface Change {
  readonly table: Table;
  readonly key: EncodedKey;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Part of a partition of a table or index, in one direction. */
export interface RangeQuery extends KeyRange {
  readonly rows: KeyedRows;
  readonly isForward: boolean;
  /** Where the previous page ended: its sort key and the item's identity, which breaks ties in an index. */
  readonly after: { readonly range: Buffer; readonly item: string } | undefined;
}

/** TTL ignores times over five years ago, lest a wrong unit empties a table.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html */
const fiveYearsSeconds = 5 * 365 * 24 * 3600;

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html (idempotency) */
const tokenLifeMs = 10 * 60_000;

/** An index is stored as DynamoDB does it: as a second, smaller table, whose name is in `idx`. */
const schema = `
  CREATE TABLE IF NOT EXISTS ddb_table (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS ddb_row (
    tbl TEXT, idx TEXT, hash BLOB, range BLOB, item TEXT, body TEXT NOT NULL, expires REAL,
    PRIMARY KEY (tbl, idx, hash, range, item)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ddb_expiry ON ddb_row (tbl, expires) WHERE expires IS NOT NULL;
  CREATE TABLE IF NOT EXISTS ddb_token (token TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, expires_ms INTEGER NOT NULL);`;

/**
 * Items and index entries in SQLite. An update that leaves the index keys alone writes one row. A commit is one SQLite
 * transaction: what was acknowledged outlives a killed process.
 */
export class Store {
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #tables = new Map<string, Table>();
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    database.exec(schema);
  }

  /** Makes a table known. Rows stored under its name by an earlier start are brought in line with a changed definition. */
  define(table: Table, definition: string): void {
    this.#tables.set(table.name, table);
    const known = this.#prepare('SELECT definition FROM ddb_table WHERE name = ?').get(table.name);
    if (known?.definition === definition) return;
    const rows = this.#prepare("SELECT body FROM ddb_row WHERE tbl = ? AND idx = ''").all(table.name);
    this.#atomically(() => {
      this.#prepare('INSERT OR REPLACE INTO ddb_table VALUES (?, ?)').run(table.name, definition);
      this.#prepare('DELETE FROM ddb_row WHERE tbl = ?').run(table.name);
      for (const after of rows.map((row) => parseBody(row.body))) {
        this.#write({ table, key: keyOf(table.keys, after), before: undefined, after });
      }
    });
  }

  /** Throws ResourceNotFoundException for a name without a table. */
  table(name: string): Table {
    const table = this.#tables.get(name);
    if (table) return table;
    throw new DynamoDbFailure('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  }

  read(table: Table, key: EncodedKey): Item | undefined {
    const sql = "SELECT body FROM ddb_row WHERE tbl = ? AND idx = '' AND hash = ? AND range = ?";
    const row = this.#prepare(sql).get(table.name, key.hash, key.range);
    return row && parseBody(row.body);
  }

  *range(table: Table, { rows: { indexName }, hash, low, high, isForward, after }: RangeQuery): Generator<Item> {
    const [beyond, direction] = isForward ? ['>', 'ASC'] : ['<', 'DESC'];
    const sql = `SELECT body FROM ddb_row WHERE tbl = ? AND idx = ? AND hash = ? AND range >= ? AND range < ?
      ${after ? `AND (range, item) ${beyond} (?, ?)` : ''} ORDER BY range ${direction}, item ${direction}`;
    const start = after ? [after.range, indexName && after.item] : [];
    for (const row of this.#prepare(sql).iterate(table.name, indexName, hash, low, high, ...start)) {
      yield parseBody(row.body);
    }
  }

  /** Deletes the items whose TTL has passed and answers how many. */
  sweep(): number {
    const sql = 'SELECT body FROM ddb_row WHERE tbl = ? AND expires > ? AND expires <= ?';
    const nowSeconds = Math.floor(this.#clock.now() / 1000);
    const changes = [...this.#tables.values()].flatMap((table) => {
      const items = this.#prepare(sql).all(table.name, nowSeconds - fiveYearsSeconds, nowSeconds);
      return items.map((row): Change => {
        const before = parseBody(row.body);
        return { table, key: keyOf(table.keys, before), before, after: undefined };
      });
    });
    this.commit(changes);
    return changes.length;
  }

  /** Writes all changes or none. The client request token of a transaction is remembered with it, for ten minutes. */
  commit(changes: readonly Change[], transaction?: { readonly token: string; readonly fingerprint: string }): void {
    this.#atomically(() => {
      for (const change of changes) this.#write(change);
      if (!transaction) return;
      const nowMs = this.#clock.now();
      this.#prepare('DELETE FROM ddb_token WHERE expires_ms <= ?').run(nowMs);
      const sql = 'INSERT INTO ddb_token VALUES (?, ?, ?)';
      this.#prepare(sql).run(transaction.token, transaction.fingerprint, nowMs + tokenLifeMs);
    });
  }

  /** The fingerprint of the finished transaction that had this client request token, if that is remembered. */
  fingerprintOf(token: string): unknown {
    const sql = 'SELECT fingerprint FROM ddb_token WHERE token = ? AND expires_ms > ?';
    return this.#prepare(sql).get(token, this.#clock.now())?.fingerprint;
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #atomically(work: () => void): void {
    this.#prepare('BEGIN IMMEDIATE').run();
    try {
      work();
      this.#prepare('COMMIT').run();
    } catch (error) {
      this.#prepare('ROLLBACK').run();
      throw error;
    }
  }

  #write({ table, key, before, after }: Change): void {
    if (after) this.#put([table.name, '', key.hash, key.range, ''], after, expiryOf(table, after));
    else this.#delete([table.name, '', key.hash, key.range, '']);
    for (const index of table.indexes) {
      const from = before && placeOf(index, before);
      const to = after && placeOf(index, after);
      if (from && to && from.hash.equals(to.hash) && from.range.equals(to.range)) continue;
      const item = identityOf(table, key);
      if (from) this.#delete([table.name, index.indexName, from.hash, from.range, item]);
      if (after && to) {
        this.#put([table.name, index.indexName, to.hash, to.range, item], keyAttributes(table, index, after), null);
      }
    }
  }

  #put(rowKey: RowKey, body: Item, expires: number | null): void {
    const sql = `INSERT INTO ddb_row VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET body = excluded.body, expires = excluded.expires`;
    this.#prepare(sql).run(...rowKey, JSON.stringify(body), expires);
  }

  #delete(rowKey: RowKey): void {
    const sql = 'DELETE FROM ddb_row WHERE tbl = ? AND idx = ? AND hash = ? AND range = ? AND item = ?';
    this.#prepare(sql).run(...rowKey);
  }
}

type RowKey = readonly [table: string, index: string, hash: Buffer, range: Buffer, item: string];

function expiryOf({ ttlAttribute }: Table, item: Item): number | null {
  const value = ttlAttribute === undefined ? undefined : attributeOf(item, ttlAttribute);
  return value && 'N' in value ? Number(value.N) : null;
}

/** Rows are written by this store alone, so their shape is known. */
function parseBody(body: unknown): Item {
  return JSON.parse(String(body));
}
