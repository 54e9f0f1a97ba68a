import { historyLength, isFinal, type Job } from '../../shared/domain/job.ts';

/** What must hold of every write of every head, whatever happens in whatever order: a sentence for each promise that did not. */
export function brokenPromises(before: Job | undefined, after: Job, transition: string): string[] {
  const ended = isFinal(after.status);
  const promises: [boolean, string][] = [
    [ended !== (after.due_at !== undefined), 'a job is due exactly while it has not ended'],
    [ended === (after.ttl !== undefined), 'only a job that has ended is ever deleted'],
    [!ended || after.lease_until === undefined, 'nobody holds a job that has ended'],
    [after.lease_until === undefined || after.status === 'processing', 'a job that is held is processing'],
    [after.history.length <= historyLength + 2, 'the history stays short'],
    ...(before && transition !== 'redrive' ? promisesBetween(before, after) : []),
    ...(before ? promisesAlways(before, after) : []),
  ];
  const change = JSON.stringify({ before, after });
  return promises.flatMap(([holds, promise]) => (holds ? [] : [`${transition}: ${promise}: ${change}`]));
}

function promisesBetween(before: Job, after: Job): [boolean, string][] {
  const began = after.attempt > before.attempt;
  return [
    [!isFinal(before.status), 'a job that has ended never changes'],
    [!isFinal(after.status) || !before.cancel_at || after.status === 'cancelled', 'a job asked to stop is cancelled'],
    [after.requeues >= before.requeues, 'requeues never fall'],
    [!began || before.lease_until === undefined, 'nobody takes a job that is held'],
    [after.wait_until === before.wait_until || after.step !== before.step, 'only a new step may wait anew'],
  ];
}

/** What holds even when an operator gives a failed job another life. */
function promisesAlways(before: Job, after: Job): [boolean, string][] {
  const rising = ['visit', 'attempt', 'progress', 'seq'] as const;
  return [
    [after.seq === before.seq || after.history.at(-1)?.status === after.status, 'an event tells the new state'],
    ...rising.map((field): [boolean, string] => [after[field] >= before[field], `${field} never falls`]),
  ];
}
