import { type Schedule, scheduleShardOf, scheduleVersion } from '../../shared/domain/schedule.ts';
import { acceptedAt, newId } from './job-builder.ts';

/** A story for every day at eight in Denver, made at the builders' moment: its first run is three hours later. */
export function aSchedule(fields: Partial<Schedule> = {}): Schedule {
  const id = fields.id ?? newId();
  return {
    id,
    owner: 'traveller',
    timing: { cron: '0 8 * * *', time_zone: 'America/Denver' },
    job: { type: 'generate_story', body: { location: { latitude: 35.17, longitude: -103.72 } } },
    due_at: acceptedAt + 3 * 3_600_000,
    due_shard: scheduleShardOf(id),
    runs: 0,
    skipped: 0,
    created_at: acceptedAt,
    rv: scheduleVersion,
    ...fields,
  };
}
