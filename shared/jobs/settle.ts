import type { MetricName } from '../catalog/metrics.ts';
import { queueOf } from '../domain/accept.ts';
import { awaitChildren, close } from '../domain/batch-transitions.ts';
import { type Change, type Guard, holds, trimmed } from '../domain/change.ts';
import { type Decision, decide, type Outcome } from '../domain/decide.ts';
import type { Job } from '../domain/job.ts';
import { cancel, complete, expire, fail, handOff, retry } from '../domain/transitions.ts';
import { advanceBatch } from './advance-batch.ts';
import { stopChildren } from './close-batch.ts';
import { followEnd } from './follow-end.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';

/**
 * Decides what the outcome of an attempt means and makes it so: one update, then the message that follows from it. `fence` says by what
 * right (`held` or `lost`). Tells the job afterwards, or undefined when someone else has taken it over meanwhile.
 */
export async function settle(
  job: Job,
  fence: readonly Guard[],
  outcome: Outcome,
  ports: JobPorts,
): Promise<Job | undefined> {
  const now = ports.now();
  const decision = decide(job, outcome, now, ports.random);
  const result = await ports.store.apply(trimmed(changeFor(job, fence, decision, now), job));
  if (result.applied) {
    await followUp(result.job, decision, ports);
    return result.job;
  }
  const stillOurs = result.job && holds(fence, result.job) && result.job.seq > job.seq;
  return stillOurs && result.job ? settle(result.job, fence, outcome, ports) : undefined;
}

function changeFor(job: Job, fence: readonly Guard[], decision: Decision, now: number): Change {
  const isEnd = decision.do === 'fail' || decision.do === 'cancel' || decision.do === 'expire';
  if (isEnd && job.batch) return close(job, fence, now, { status: endOf[decision.do], error: decision.error });
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
    case 'fail':
      return fail(job, fence, now, decision.error);
    case 'cancel':
      return cancel(job, fence, now, decision.error);
    case 'expire':
      // A timer may fire a millisecond early; the guard wants the deadline to have passed.
      return expire(job, fence, Math.max(now, job.deadline ?? now), decision.error);
  }
}

const endOf = { fail: 'failed', cancel: 'cancelled', expire: 'expired' } as const;

async function followUp(job: Job, decision: Decision, ports: JobPorts): Promise<void> {
  const waits = decision.do === 'retry' && decision.error.code === 'awaiting_story'; // no attempt has failed
  const metric = waits ? undefined : metricOf[decision.do];
  if (metric && job.batch !== 'closing') ports.telemetry.count(metric, job);
  if (decision.do === 'complete' && job.degraded) ports.telemetry.count('jobs_degraded', job);
  ports.telemetry.note(`job_${decision.do}`, {
    job_id: job.id,
    type: job.type,
    step: job.step,
    queue: job.queue,
    attempt: job.attempt,
    error: job.error?.code,
  });
  if (decision.do === 'hand_off' || decision.do === 'retry') await sendMessage(job, ports);
  if (decision.do === 'await_children') await advanceBatch(job, ports);
  if (job.batch === 'closing') await stopChildren(job, ports);
  await followEnd(job, ports);
}

const metricOf: Readonly<Record<Decision['do'], MetricName | undefined>> = {
  complete: 'jobs_completed',
  hand_off: undefined,
  await_children: undefined,
  retry: 'steps_retried',
  fail: 'jobs_failed',
  cancel: 'jobs_cancelled',
  expire: 'jobs_expired',
};
