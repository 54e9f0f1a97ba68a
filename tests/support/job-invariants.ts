import { endSets } from '../../shared/domain/batch.ts';
import { historyLength, isFinal, type Job } from '../../shared/domain/job.ts';

/** What must hold of every write of every head, whatever happens in whatever order: a sentence for each promise that did not. */
export function brokenPromises(before: Job | undefined, after: Job, transition: string): string[] {
  const ended = isFinal(after.status);
  const promises: [boolean, string][] = [
    [
      (!ended || after.outbox !== undefined) === (after.due_at !== undefined),
      'a job is due exactly while it has not ended, or something must follow from its end',
    ],
    [ended === (after.ttl !== undefined), 'only a job that has ended is ever deleted'],
    [!ended || after.lease_until === undefined, 'nobody holds a job that has ended'],
    [after.lease_until === undefined || after.status === 'processing', 'a job that is held is processing'],
    [after.history.length <= historyLength + 2, 'the history stays short'],
    ...(before && transition !== 'redrive' ? promisesBetween(before, after, transition) : []),
    ...(before ? promisesAlways(before, after) : []),
    ...(after.total === undefined ? [] : promisesOfBatch(before, after, after.total)),
  ];
  const change = JSON.stringify({ before, after }, (_, value) => (value instanceof Set ? [...value] : value));
  return promises.flatMap(([holds, promise]) => (holds ? [] : [`${transition}: ${promise}: ${change}`]));
}

function promisesBetween(before: Job, after: Job, transition: string): [boolean, string][] {
  const began = after.attempt > before.attempt;
  return [
    [!isFinal(before.status) || transition === 'clear_outbox', 'a job that has ended never changes'],
    [
      !isFinal(after.status) || !before.cancel_at || after.status === 'cancelled' || before.intended_end !== undefined,
      'a job asked to stop is cancelled',
    ],
    [
      !isFinal(after.status) || before.committed_at === undefined || after.status === 'completed',
      'a job that can only go forward completes',
    ],
    [
      !isFinal(after.status) || after.status === 'completed' || after.acted_at === undefined,
      'nothing is left to be taken back',
    ],
    [after.requeues >= before.requeues, 'requeues never fall'],
    [!began || before.lease_until === undefined, 'nobody takes a job that is held'],
    [
      after.wait_until === before.wait_until || after.step !== before.step || transition === 'await_children',
      'only a new step may wait anew, and a batch for its children',
    ],
  ];
}

function promisesOfBatch(before: Job | undefined, after: Job, total: number): [boolean, string][] {
  const counted = endSets.flatMap((set) => [...(after[set] ?? [])]);
  const all = new Set(counted);
  return [
    [all.size === counted.length, 'no child is counted twice'],
    [counted.every((index) => index >= 0 && index < total), 'no more children are counted than there are'],
    [
      before?.total === undefined || before.total === total,
      'a batch never has more or fewer children than were planned',
    ],
    [
      endSets.every((set) => [...(before?.[set] ?? [])].every((index) => after[set]?.has(index))),
      'what is counted stays counted',
    ],
    [!isFinal(after.status) || all.size === total, 'a batch ends after its last child'],
    [after.step !== 'join' || all.size === total, 'a batch is joined after its last child has ended'],
    [after.batch === undefined || !isFinal(after.status), 'no child of a batch that has ended is open'],
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
