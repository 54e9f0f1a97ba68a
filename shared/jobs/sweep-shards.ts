import type { Telemetry } from '../domain/ports.ts';

export interface Sweep<Entry> {
  readonly shards: readonly number[];
  list(shard: number): AsyncIterable<Entry>;
  /** What an entry's id is called in the log. */
  readonly idName: 'job_id' | 'schedule_id';
  idOf(entry: Entry): string;
  handle(entry: Entry): Promise<void>;
}

export interface SweepCounts {
  readonly seen: number;
  readonly failed: number;
}

/**
 * Handles every entry of every shard, once. One bad entry never stops its shard, one bad shard never stops the others; rejects at the end if
 * a shard could not be read.
 */
export async function sweepShards<Entry>(sweep: Sweep<Entry>, telemetry: Telemetry): Promise<SweepCounts> {
  const results = await Promise.allSettled(sweep.shards.map((shard) => sweepShard(shard, sweep, telemetry)));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} shards could not be read`);
  const counts = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return {
    seen: counts.reduce((sum, { seen }) => sum + seen, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

async function sweepShard<Entry>(
  shard: number,
  { list, idName, idOf, handle }: Sweep<Entry>,
  telemetry: Telemetry,
): Promise<SweepCounts> {
  const seen = new Set<string>();
  let failed = 0;
  for await (const entry of list(shard)) {
    const id = idOf(entry);
    if (seen.has(id)) continue; // its due time was moved on past the page that is being read
    seen.add(id);
    try {
      await handle(entry);
    } catch (error) {
      failed++;
      telemetry.warn('reconcile_failed', { [idName]: id, shard }, error);
    }
  }
  return { seen: seen.size, failed };
}
