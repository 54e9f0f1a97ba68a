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
}

export type DueFault = Required<Pick<ProviderFault, 'how' | 'moment'>>;

const How = z.enum(['fail', 'throttle', 'hang', 'reset']);

const Row = z.object({ id: z.number(), how: How, moment: z.enum(['before', 'after']) });

/** The scripted faults, in the data folder's database: a test may write them while another process runs the cloud. */
export class ProviderFaults {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS provider_faults (
      id INTEGER PRIMARY KEY, operation TEXT NOT NULL, how TEXT NOT NULL, moment TEXT NOT NULL, remaining INTEGER NOT NULL
    ) STRICT`);
  }

  add({ operation, how, moment = 'before', times }: ProviderFault): void {
    this.#database
      .prepare('INSERT INTO provider_faults (operation, how, moment, remaining) VALUES (?, ?, ?, ?)')
      .run(operation, how, moment, times);
  }

  /** The fault that is due in this call, which is then done with. */
  take(operation: string): DueFault | undefined {
    const found = this.#database
      .prepare('SELECT id, how, moment FROM provider_faults WHERE operation = ? AND remaining > 0 ORDER BY id LIMIT 1')
      .get(operation);
    if (!found) return undefined;
    const { id, how, moment } = Row.parse(found);
    this.#database.prepare('UPDATE provider_faults SET remaining = remaining - 1 WHERE id = ?').run(id);
    return { how, moment };
  }
}
