import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** How a provider is to misbehave: in `operation` (`stripe.capture`), the next `times` times. */
export interface ProviderFault {
  readonly operation: string;
  /** `fail`: 500. `throttle`: 429. `hang`: no answer. `reset`: the connection is cut. */
  readonly how: z.infer<typeof How>;
  /** Whether what was asked is done all the same. A throttled call never is. @default before */
  readonly moment?: 'before' | 'after';
  readonly times: number;
  /** Each call meets it with this chance, 0 to 1. @default 1 */
  readonly share?: number;
}

export type DueFault = Required<Pick<ProviderFault, 'how' | 'moment'>>;

const How = z.enum(['fail', 'throttle', 'hang', 'reset']);

const Row = z.object({ id: z.number(), how: How, moment: z.enum(['before', 'after']) });

/**
 * The scripted faults of providers, in the data folder's database: they outlive a kill, and a test may write them while another process runs
 * the cloud. Calls to AWS are harmed by the fault kit instead (`infra/local/faults`), which sees who makes them.
 */
export class ProviderFaults {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS scripted_faults (
      id INTEGER PRIMARY KEY, operation TEXT NOT NULL, how TEXT NOT NULL, moment TEXT NOT NULL, share REAL NOT NULL,
      remaining INTEGER NOT NULL, met INTEGER NOT NULL DEFAULT 0
    ) STRICT`);
  }

  add({ operation, how, moment = 'before', times, share = 1 }: ProviderFault): void {
    this.#database
      .prepare('INSERT INTO scripted_faults (operation, how, moment, share, remaining) VALUES (?, ?, ?, ?, ?)')
      .run(operation, how, moment, share, times);
  }

  /** The fault that is due in this call, which is then done with. */
  take(operation: string): DueFault | undefined {
    // SQLite's random() is any 64-bit integer.
    const due = this.#database
      .prepare(`SELECT id, how, moment FROM scripted_faults WHERE operation = ? AND remaining > 0
        AND abs(random() / 9223372036854775808.0) < share ORDER BY id LIMIT 1`)
      .get(operation);
    if (!due) return undefined;
    const { id, how, moment } = Row.parse(due);
    this.#database.prepare('UPDATE scripted_faults SET remaining = remaining - 1, met = met + 1 WHERE id = ?').run(id);
    return { how, moment };
  }

  /** How many calls have met a fault: of the operation, or of all. */
  met(operation = '%'): number {
    const sum = 'SELECT total(met) AS n FROM scripted_faults WHERE operation LIKE ?';
    return Number(this.#database.prepare(sum).get(operation)?.n);
  }
}
