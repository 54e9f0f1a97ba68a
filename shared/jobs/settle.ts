import { upstreamFailures } from '../catalog/failures.ts';
import type { JobCost } from '../catalog/schemas/cost.ts';
import { queueOf } from '../domain/accept.ts';
import { awaitChildren } from '../domain/batch-transitions.ts';
import { type Change, type Guard, holds, trimmed } from '../domain/change.ts';
import { addCosts } from '../domain/cost.ts';
import { type Decision, decide, type Outcome } from '../domain/decide.ts';
import { endUndone } from '../domain/effect-transitions.ts';
import type { Effects } from '../domain/effects.ts';
import { isFinal, isUndoing, type Job } from '../domain/job.ts';
import { complete, handOff, retry } from '../domain/transitions.ts';
import { advanceBatch } from './advance-batch.ts';
import { stopChildren } from './close-batch.ts';
import { countEnd } from './count-end.ts';
import { endChange } from './end-job.ts';
import { followEnd } from './follow-end.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';
import { tellOverdue } from './tell-overdue.ts';

/**
 * Decides what the outcome of an attempt means and makes it so: one update, then the message that follows from it. `fence` says by what
 * right (`held` or `lost`), `unwritten` what the attempt did and the record does not know of yet. Tells the job afterwards, or undefined when someone else has taken it over meanwhile.
 */
export async function settle(
  job: Job,
  fence: readonly Guard[],
  outcome: Outcome,
  ports: JobPorts,
  unwritten: Unwritten = {},
): Promise<Job | undefined> {
  const now = ports.now();
  const decision = decide(job, outcome, now, ports.random);
  const change = withUnwritten(changeFor(job, fence, decision, now), job, unwritten);
  const result = await ports.store.apply(trimmed(change, job));
  if (result.applied) {
    countUpstream(job, outcome, ports);
    await followUp(result.job, decision, ports);
    return result.job;
  }
  const seen = result.job;
  const isOpen = seen && !isFinal(seen.status) && holds(fence, seen) && seen.seq > job.seq;
  return isOpen ? settle(seen, fence, outcome, ports, unwritten) : undefined;
}

function changeFor(job: Job, fence: readonly Guard[], decision: Decision, now: number): Change {
  switch (decision.do) {
    case 'complete':
      return complete(job, fence, now, decision);
    case 'hand_off':
      return handOff(job, now, {
        ...decision,
        ...decision.next,
        queue: queueOf(job.type, decision.next.step, job.priority),
      });
    case 'await_children':
      return awaitChildren(job, now);
    case 'retry':
      return retry(job, fence, now, decision);
    case 'end':
      return endChange(job, fence, now, decision.end);
    case 'end_undone':
      return endUndone(job, now, decision.end);
  }
}

/** What an attempt leaves for the write that ends it. */
export interface Unwritten {
  /** What came of its acts. */
  readonly effects?: Effects | undefined;
  readonly spent?: JobCost | undefined;
}

function withUnwritten(change: Change, job: Job, { effects, spent }: Unwritten): Change {
  const cost = spent && addCosts(job.cost, spent);
  return { ...change, set: { ...change.set, ...(effects && { effects }), ...(cost && { cost }) } };
}

/** Why a job is tried again of which no attempt has failed. */
const waits: ReadonlySet<string> = new Set(['awaiting_story', 'awaiting_journey', 'quiet_hours']);

async function followUp(job: Job, decision: Decision, ports: JobPorts): Promise<void> {
  countEnd(job, ports.telemetry);
  if (decision.do === 'complete' && job.degraded) ports.telemetry.count('jobs_degraded', job);
  const failedAttempt = decision.do === 'retry' && !waits.has(decision.error.code);
  if (failedAttempt) {
    ports.telemetry.count('steps_retried', job);
    tellOverdue(job, ports.now(), ports.telemetry);
  }
  ports.telemetry.note(`job_${isFinal(job.status) ? job.status : decision.do}`, {
    job_id: job.id,
    type: job.type,
    step: job.step,
    queue: job.queue,
    attempt: job.attempt,
    error: job.error?.code,
  });
  const isToUndo = decision.do === 'end' && isUndoing(job);
  if (decision.do === 'hand_off' || decision.do === 'retry' || isToUndo) await sendMessage(job, ports);
  if (decision.do === 'await_children') await advanceBatch(job, ports, followEnd);
  if (job.batch === 'closing') await stopChildren(job, ports);
  await followEnd(job, ports);
}

/** What a service we depend on did to the attempt, on the queue where it ran. */
function countUpstream(job: Job, outcome: Outcome, { telemetry }: JobPorts): void {
  if (outcome.kind !== 'failed') return;
  if (outcome.error.retry === 'throttled') telemetry.count('upstream_throttled', job);
  if (upstreamFailures.has(outcome.error.code)) telemetry.count('upstream_unavailable', job);
}
