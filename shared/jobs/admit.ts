import { decodeTime } from 'ulid';
import type { QueueName } from '../catalog/queues.ts';
import { isFinal } from '../domain/job.ts';
import type { BucketLevel, LimitAsk, OwnerLimits, TakeOutcome } from '../domain/owner-limits.ts';
import type { JobStore, Telemetry } from '../domain/ports.ts';

export interface AdmitPorts {
  readonly limits: OwnerLimits;
  readonly store: Pick<JobStore, 'findAll'>;
  readonly telemetry: Telemetry;
}

export type Admission = TakeOutcome | { readonly kind: 'uncounted'; readonly level?: BucketLevel };

/** A job that is on the list and has no record after this long was never accepted, milliseconds. */
const ACCEPT_MILLISECONDS = 60_000;

/**
 * Takes from what the owner may use. The list of unfinished jobs is only a list of those that may be: when it is full, the records say which
 * have ended, before anybody is refused. Limits never take the API down: when they cannot be read, everybody is let through.
 */
export async function admit(ask: LimitAsk, ports: AdmitPorts): Promise<Admission> {
  const queue = ask.job?.queue ?? 'default';
  try {
    const outcome = await ports.limits.take(ask);
    if (outcome.kind === 'taken' || outcome.kind === 'rate_limited') return counted(outcome, queue, ports);
    if (outcome.kind === 'budget_spent') return counted(await refusedAtAPrice(ask, outcome, ports), queue, ports);
    const ended = await endedOf(outcome.ids, ask.now, ports);
    await ports.limits.forget(ask.owner, queue, ended);
    if (ended.length > 0) return counted(await ports.limits.take(ask), queue, ports);
    return counted(await refusedAtAPrice(ask, outcome, ports), queue, ports);
  } catch (error) {
    ports.telemetry.warn('limits_unavailable', { owner: ask.owner, limit: ask.limitClass }, error);
    ports.telemetry.count('limits_unavailable', { queue });
    return { kind: 'uncounted' };
  }
}

async function endedOf(ids: readonly string[], now: number, { store }: AdmitPorts): Promise<readonly string[]> {
  const { jobs, unreadable } = await store.findAll(ids, 'strong');
  const known = new Map([
    ...jobs.map(({ id, status }) => [id, isFinal(status)] as const),
    ...unreadable.map(({ id }) => [id, false] as const), // it may be running, by a later release
  ]);
  return ids.filter((id) => known.get(id) ?? decodeTime(id) < now - ACCEPT_MILLISECONDS);
}

/** A refusal costs a token too, since it was work for us: it may have taken reads of as many records as jobs are open. */
async function refusedAtAPrice(
  { owner, limitClass, bucket, now }: LimitAsk,
  refusal: Exclude<TakeOutcome, { kind: 'taken' | 'rate_limited' }>,
  { limits }: AdmitPorts,
): Promise<TakeOutcome> {
  const { kind, level } = await limits.take({ owner, limitClass, bucket, now });
  return kind === 'rate_limited' ? { kind, level } : { ...refusal, level };
}

function counted(outcome: TakeOutcome, queue: QueueName, { telemetry }: AdmitPorts): TakeOutcome {
  if (outcome.kind !== 'taken') telemetry.count('requests_refused', { queue });
  return outcome;
}
