import { jobTypeNames } from '../catalog/job-types.ts';
import type { Guard } from './change.ts';
import { type Job, newestReadableVersion } from './job.ts';

/** How far two clocks may differ, milliseconds. */
export const clockSkewMilliseconds = 2_000;

/** Nobody holds the job. */
export const free: readonly Guard[] = [{ absent: 'lease_until' }];

/** The job has not ended. */
export const live: readonly Guard[] = [{ field: 'status', oneOf: ['scheduled', 'accepted', 'retrying', 'processing'] }];

/** No child of the job is open, so that the job may end. */
export const childless: readonly Guard[] = [{ absent: 'batch' }];

/** The job is not one that only its children can bring forward. */
export const notAwaiting: readonly Guard[] = [
  { anyOf: [{ absent: 'batch' }, { field: 'batch', oneOf: ['fanning_out'] }] },
];

/** Only forward, or only back: neither a cancel nor a limit counts any more. */
const beyondRecall: readonly Guard[] = [{ present: 'committed_at' }, { present: 'intended_end' }];

/** The owner has not asked it to stop, or asked too late. */
export const notCancelled: readonly Guard[] = [{ anyOf: [{ absent: 'cancel_at' }, ...beyondRecall] }];

/** The owner has not asked it to stop. Who has is told that it will be cancelled, so it ends in no other way. */
export const notAsked: readonly Guard[] = [{ absent: 'cancel_at' }];

/** The job was not given up. */
export const goingOn: readonly Guard[] = [{ absent: 'intended_end' }];

/** A cancel or a limit may still end the job. */
export const stoppable: readonly Guard[] = [{ absent: 'committed_at' }, ...goingOn];

/** A held job is not cancelled before its attempt was asked to stop. */
export const askedFirst: readonly Guard[] = [{ anyOf: [{ absent: 'lease_until' }, { present: 'cancel_at' }] }];

/** Nothing the job did outside would have to be taken back first. */
export const clean: readonly Guard[] = [{ absent: 'acted_at' }];

/** What every end but a completion needs: nothing is open, and nothing must be taken back. */
export const mayEnd: readonly Guard[] = [...live, ...childless, ...clean];

/** This attempt still holds the job. Visit and attempt are the fence: whoever took the job over has raised one of them. */
export function held(job: Pick<Job, 'visit' | 'attempt'>): readonly Guard[] {
  return [...sameVisit(job.visit), { field: 'attempt', is: '=', value: job.attempt }, { present: 'lease_until' }];
}

/**
 * The attempt as seen still holds the job, but its right has run out. `abandonedBefore` (milliseconds) says that every attempt that began
 * earlier is known to be dead, because everything was restarted; the fence keeps even a survivor from writing.
 */
export function lost(job: Pick<Job, 'visit' | 'attempt'>, now: number, abandonedBefore = 0): readonly Guard[] {
  return [
    ...held(job),
    {
      anyOf: [
        { field: 'lease_until', is: '<', value: now - clockSkewMilliseconds },
        { field: 'processing_at', is: '<', value: abandonedBefore },
      ],
    },
  ];
}

/** The job is still on the stay on a queue that the writer has seen: no retry, hand-off or redrive has come in between. */
export function sameVisit(visit: number): readonly Guard[] {
  return [{ field: 'visit', is: '=', value: visit }];
}

/** This release understands the record. */
export const readable: readonly Guard[] = [{ field: 'rv', is: '<=', value: newestReadableVersion }];

/** This release knows how to do the work. */
export const knownType: readonly Guard[] = [{ field: 'type', oneOf: jobTypeNames }];

/** The job may start now: not too early, and no limit has passed. */
export function mayStart(now: number): readonly Guard[] {
  return [
    { anyOf: [{ absent: 'not_before' }, { field: 'not_before', is: '<=', value: now }] },
    { anyOf: [{ field: 'wait_until', is: '>', value: now }, ...beyondRecall] },
    { anyOf: [{ absent: 'deadline' }, { field: 'deadline', is: '>', value: now }, ...beyondRecall] },
  ];
}

/** A limit has passed: the deadline of any job, or the wait limit of one that nobody holds. */
export function limitPassed(now: number): readonly Guard[] {
  return [
    ...stoppable,
    {
      anyOf: [
        { field: 'deadline', is: '<=', value: now },
        { field: 'wait_until', is: '<=', value: now },
      ],
    },
  ];
}
