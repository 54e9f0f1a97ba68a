import { childPriority } from '../catalog/batches.ts';
import { jobTypes } from '../catalog/job-types.ts';
import { accept } from '../domain/accept.ts';
import { planChildren } from '../domain/batch-transitions.ts';
import { holds, trimmed } from '../domain/change.ts';
import type { Outcome } from '../domain/decide.ts';
import { held } from '../domain/guards.ts';
import type { Job } from '../domain/job.ts';
import { mapBounded } from '../domain/map-bounded.ts';
import { childId } from './child-id.ts';
import type { JobPorts } from './ports.ts';
import type { ChildJob, PlannedChildren } from './processor.ts';
import { sendMessage } from './send-message.ts';

/** Children made at the same time. */
const CHILDREN_AT_ONCE = 10;

/**
 * Makes the children of a batch: their number and the plan are recorded first, then each child is accepted under an id that follows from the
 * batch and its number. An attempt that died half-way is repeated from the recorded plan, makes only what is missing, and sends once more what
 * nobody has taken up: its message may have died with the attempt.
 */
export async function fanOut(
  job: Job,
  result: unknown,
  children: PlannedChildren,
  signal: AbortSignal,
  ports: JobPorts,
): Promise<Outcome | 'taken_over'> {
  const isFirst = job.total === undefined;
  const planned = isFirst ? await plan(job, result, children, ports) : await ports.store.find(job.id, 'strong');
  if (!planned || !holds(held(job), planned)) return 'taken_over';
  if (planned.cancel_at !== undefined) return { kind: 'aborted', by: 'cancel' };
  const made = isFirst ? new Map<string, MadeChild>() : await alreadyMade(job, children.jobs, ports);
  await mapBounded(children.jobs, CHILDREN_AT_ONCE, signal, async (child) => {
    const before = made.get(childId(job.id, child.index));
    if (!before) await makeChild(planned, child, ports);
    else if (before !== 'unreadable' && before.status === 'accepted') await sendMessage(before, ports);
  });
  return { kind: 'fanned_out' };
}

/** The head afterwards, whether the plan was recorded now, by a try whose answer was lost, or not at all. */
async function plan(
  job: Job,
  result: unknown,
  { total, failed }: PlannedChildren,
  { store, now }: JobPorts,
): Promise<Job | undefined> {
  const kept = await store.keep(job, 'result', result);
  const outcome = await store.apply(trimmed(planChildren(job, now(), { total, failed, result: kept }), job));
  return outcome.job;
}

/** One that cannot be read is there all the same; nothing is sent for it. */
type MadeChild = Job | 'unreadable';

/** By id. */
async function alreadyMade(
  job: Job,
  children: readonly ChildJob[],
  { store }: JobPorts,
): Promise<ReadonlyMap<string, MadeChild>> {
  const ids = children.map(({ index }) => childId(job.id, index));
  const { jobs, unreadable } = await store.findAll(ids, 'strong');
  return new Map<string, MadeChild>([
    ...jobs.map((child) => [child.id, child] as const),
    ...unreadable.map(({ id }) => [id, 'unreadable'] as const),
  ]);
}

/** Record first, message second, as for any job: a message that was not sent is sent by the reconciler. */
async function makeChild(batch: Job, { index, type, input }: ChildJob, ports: JobPorts): Promise<void> {
  const id = childId(batch.id, index);
  const kept = await ports.store.keep({ id, visit: 1, attempt: 0 }, 'input', jobTypes[type].input.parse(input));
  const child = accept(
    {
      id,
      type,
      owner: batch.owner,
      input: kept,
      priority: childPriority,
      parent: { id: batch.id, index },
      ...(batch.deadline !== undefined && { deadline: batch.deadline }),
    },
    ports.now(),
  );
  await ports.store.accept(child);
  ports.telemetry.count('jobs_accepted', child);
  await sendMessage(child, ports);
}
