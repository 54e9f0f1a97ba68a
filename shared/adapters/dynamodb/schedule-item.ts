import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { failureCodes } from '../../catalog/failures.ts';
import { jobTypeNames } from '../../catalog/job-types.ts';
import { type Schedule, scheduleVersion } from '../../domain/schedule.ts';
import type { ScheduleName } from '../../domain/schedule-store.ts';
import { JsonText } from './json-text.ts';
import { recordOf } from './stored-record.ts';

type Item = Record<string, AttributeValue>;

/** An owner's schedules are one partition, so that they can be listed as they are at this moment and not as an index has them. */
export function scheduleKey({ owner, id }: ScheduleName): Item {
  return { pk: { S: `${PREFIX}${owner}` }, sk: { S: id } };
}

/** Whether an entry of the due index is one of a schedule. */
export function isSchedule({ pk }: Item): boolean {
  return pk?.S?.startsWith(PREFIX) ?? false;
}

/** The schedule that an entry of the due index belongs to. */
export function scheduleNameOf(item: Item): ScheduleName {
  return { owner: (item.pk?.S ?? '').slice(PREFIX.length), id: item.sk?.S ?? '' };
}

const PREFIX = 'S#';

/** The body is kept as JSON text, as the input of a job is; `owner` and `id` are in the keys alone, which keeps schedules out of the index of jobs by owner. */
export function scheduleItem({ owner, id, job, ...fields }: Schedule): Item {
  const stored = { ...fields, job: { type: job.type, json: JSON.stringify(job.body) } };
  return { ...scheduleKey({ owner, id }), ...marshall(stored, { removeUndefinedValues: true }) };
}

/** What remains of a deleted schedule until DynamoDB deletes it: nothing but its keys. */
export function deletedItem(name: ScheduleName, now: number): Item {
  return { ...scheduleKey(name), ...marshall({ deleted_at: now, ttl: Math.ceil(now / 1_000) }) };
}

/** The schedule as it was stored; undefined for one that is deleted. Rejects with `UnreadableRecordError` what this release does not understand. */
export function scheduleOf(item: Item): Schedule | undefined {
  if (item.deleted_at !== undefined) return undefined;
  const name = scheduleNameOf(item);
  return { ...name, ...recordOf(item, name, Record, scheduleVersion) };
}

const milliseconds = z.number();

const Record: z.ZodType<Omit<Schedule, 'owner' | 'id'>> = z.object({
  name: z.string().optional(),
  timing: z.union([
    z.object({ cron: z.string(), time_zone: z.string() }),
    z.object({ every: z.number(), from: milliseconds }),
    z.object({ at: milliseconds }),
  ]),
  ends_at: milliseconds.optional(),
  max_runs: z.number().optional(),
  job: z
    .object({ type: z.enum(jobTypeNames), json: JsonText })
    .transform(({ type, json }): Schedule['job'] => ({ type, body: json })),
  due_at: milliseconds.optional(),
  due_shard: z.number(),
  runs: z.number(),
  skipped: z.number(),
  last_run_at: milliseconds.optional(),
  last_job_id: z.string().optional(),
  last_error: z.object({ code: z.enum(failureCodes), message: z.string() }).optional(),
  created_at: milliseconds,
  ended_at: milliseconds.optional(),
  ttl: z.number().optional(),
  rv: z.number(),
});
