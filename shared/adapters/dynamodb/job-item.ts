import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { failureCodes } from '../../catalog/failures.ts';
import { degradations, jobTypeNames } from '../../catalog/job-types.ts';
import { queueNames } from '../../catalog/queues.ts';
import { JobCost } from '../../catalog/schemas/cost.ts';
import { jobStatuses } from '../../catalog/schemas/job.ts';
import { effectStates } from '../../domain/effects.ts';
import { isListed } from '../../domain/is-listed.ts';
import {
  batchPhases,
  followUps,
  intendedEnds,
  type Job,
  newestReadableVersion,
  type StoredValue,
} from '../../domain/job.ts';
import { JsonText } from './json-text.ts';
import { recordOf } from './stored-record.ts';

type Item = Record<string, AttributeValue>;

/** Keys of a job's head. */
export function headKey(id: string): Item {
  return { pk: { S: `${PREFIX}${id}` }, sk: { S: 'J' } };
}

/** The job an index entry belongs to. */
export function idOf(item: Item): string {
  return (item.pk?.S ?? '').slice(PREFIX.length);
}

/** Whether an entry of the due index is one of a job. */
export function isJob({ pk }: Item): boolean {
  return pk?.S?.startsWith(PREFIX) ?? false;
}

const PREFIX = 'J#';

/** A new head. `listed_owner` is the key of the index `owner`: without it, the job is in no list. Updates leave it alone. */
export function headItem(job: Job): Item {
  const fields = { ...storedFields(job), ...(isListed(job) && { listed_owner: job.owner }) };
  return { ...headKey(job.id), ...marshall(fields, { removeUndefinedValues: true }) };
}

/**
 * The fields as they are stored: what a value has in the head is kept as JSON text, since JSON allows what attributes do not (numbers of any size, deeper
 * nesting, empty names): https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function storedFields({ input, result, ...fields }: Partial<Job>): Record<string, unknown> {
  return { ...fields, ...(input && { input: storedValue(input) }), ...(result && { result: storedValue(result) }) };
}

function storedValue(value: StoredValue): Readonly<Record<string, string>> {
  if ('inline' in value) return { json: JSON.stringify(value.inline) };
  return { part: value.part, ...(value.more && { more: JSON.stringify(value.more) }) };
}

/** A head as it was stored. Rejects with `UnreadableRecordError` what this release does not understand. */
export function jobOf(item: Item): Job {
  const owner = item.owner?.S;
  return recordOf(item, { id: idOf(item), ...(owner !== undefined && { owner }) }, Head, newestReadableVersion);
}

const milliseconds = z.number();

const Fields = JsonText.pipe(z.record(z.string(), z.unknown()));

const Value = z.union([
  z.object({ json: JsonText }).transform(({ json }): StoredValue => ({ inline: json })),
  z
    .object({ part: z.string(), more: Fields.optional() })
    .transform(({ part, more }): StoredValue => ({ part, ...(more && { more }) })),
]);

const Failure = z.object({ code: z.enum(failureCodes), message: z.string() });

const Numbers = z.set(z.number());

const RecordedEffect = z.object({
  state: z.enum(effectStates),
  generation: z.number(),
  at: milliseconds,
  outcome: z.string().optional(),
  must_undo: z.boolean(),
});

const Head: z.ZodType<Job> = z.object({
  id: z.string(),
  type: z.enum(jobTypeNames),
  owner: z.string(),
  queue: z.enum(queueNames),
  priority: z.number().optional(),
  step: z.string(),
  status: z.enum(jobStatuses),
  visit: z.number(),
  attempt: z.number(),
  failures: z.number(),
  lease_until: milliseconds.optional(),
  holder: z.string().optional(),
  due_at: milliseconds.optional(),
  due_shard: z.number(),
  not_before: milliseconds.optional(),
  wait_until: milliseconds,
  deadline: milliseconds.optional(),
  cancel_at: milliseconds.optional(),
  progress: z.number(),
  message: z.string().optional(),
  seq: z.number(),
  history: z.array(
    z.object({
      at: milliseconds,
      status: z.enum(jobStatuses),
      step: z.string().optional(),
      progress: z.number().optional(),
      message: z.string().optional(),
    }),
  ),
  input: Value,
  result: Value.optional(),
  error: Failure.optional(),
  degraded: z.array(z.enum(degradations)).optional(),
  cost: JobCost.optional(),
  cost_counted: z.number().optional(),
  resends: z.number(),
  requeues: z.number(),
  rv: z.number(),
  accepted_at: milliseconds,
  updated_at: milliseconds,
  processing_at: milliseconds.optional(),
  ended_at: milliseconds.optional(),
  parent: z.object({ id: z.string(), index: z.number() }).optional(),
  schedule_id: z.string().optional(),
  total: z.number().optional(),
  batch: z.enum(batchPhases).optional(),
  done_ok: Numbers.optional(),
  done_failed: Numbers.optional(),
  done_cancelled: Numbers.optional(),
  intended_end: z.object({ status: z.enum(intendedEnds), error: Failure, step: z.string().optional() }).optional(),
  effects: z.record(z.string(), RecordedEffect).optional(),
  acted_at: milliseconds.optional(),
  committed_at: milliseconds.optional(),
  callback_url: z.string().optional(),
  follows: z.string().optional(),
  outbox: z.array(z.enum(followUps)).optional(),
  dead: z.enum(queueNames).optional(),
  ttl: z.number().optional(),
});
