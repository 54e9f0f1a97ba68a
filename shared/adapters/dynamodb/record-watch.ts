import type { Telemetry } from '../../domain/ports.ts';
import { UnreadableRecordError } from '../../domain/unreadable-record.ts';

/** Who is told of records that cannot be read. */
export type RecordWatch = Pick<Telemetry, 'count' | 'warn'>;

/** What `read` gives; a record that it cannot read is counted and told by its id, without its content, before the error goes on. */
export function watched<T>(read: () => T, watch: RecordWatch): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableRecordError) {
      watch.count('records_unreadable', {});
      watch.warn('record_unreadable', { id: error.id, reason: error.reason }, error);
    }
    throw error;
  }
}

/** What `read` gives, or why the record cannot be read. */
export function orUnreadable<T>(read: () => T): T | UnreadableRecordError {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableRecordError) return error;
    throw error;
  }
}
