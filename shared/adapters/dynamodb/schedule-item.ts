import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { failureCodes } from '../../catalog/failures.ts';
import { jobTypeNames } from '../../catalog/job-types.ts';
import { type Schedule, scheduleVersion } from '../../domain/schedule.ts';
import type { ScheduleName } from '../../domain/schedule-store.ts';
import { UnreadableRecordError } from './job-item.ts';

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

/** The schedule as it was stored; undefined for one that is deleted. Rejects what this release does not understand. */
export function scheduleOf(item: Item): Schedule | undefined {
  const record = unmarshall(item);
  if (record.deleted_at !== undefined) return undefined;
  const { owner, id } = scheduleNameOf(item);
  if (typeof record.rv === 'number' && record.rv > scheduleVersion) {
    throw new UnreadableRecordError(`Schedule ${id} was written by a later release (record version ${record.rv})`);
  }
  const parsed = Record.safeParse(record);
  if (parsed.success) return { owner, id, ...parsed.data };
  throw new UnreadableRecordError(`Schedule ${id} is damaged: ${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
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
    .object({ type: z.enum(jobTypeNames), json: z.string() })
    .transform(({ type, json }): Schedule['job'] => ({ type, body: JSON.parse(json) })),
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
