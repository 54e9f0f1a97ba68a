import type { ChildCounts } from '../../../shared/catalog/schemas/child-counts.ts';
import { isFinal, type JobStatus } from '../../../shared/domain/job.ts';

/** What can be read of one job from outside. */
export interface SeenJob {
  readonly id: string;
  readonly status: JobStatus;
  readonly attempt: number;
  readonly progress: number;
  /** Number of its latest event. */
  readonly seq: number;
  /** How often it has ended, by the events that are kept. */
  readonly ends: number;
  /** Of a batch, once its children are planned. */
  readonly counts?: ChildCounts;
}

/** What whoever works for the jobs was made to do for one of them, by their own books. */
export interface DoneOutside {
  /** Calls that may be made once for each attempt: of the model, of the voice. */
  readonly asked: number;
  /** How often each act is in force that may be done once for the whole job. */
  readonly acts: Readonly<Record<string, number>>;
  /** Whether a completed job has done all of them, and any other none. */
  readonly allOrNothing: boolean;
}

/** What is promised of one job, given what was done to it and seen of it. */
export interface ModelJob {
  readonly id: string;
  /** One, and another for each retry and redrive that was said to be done. */
  readonly lives: number;
  /** Whether anybody has asked to cancel it in this life, whatever came of it. */
  readonly cancelAsked: boolean;
  /** What the latest answer to a cancel of this life promises. */
  readonly cancelSaid?: CancelAnswer;
  /** What it had made others do when it was said to be cancelled. */
  readonly doneAtCancel?: DoneOutside;
  /** Whether it was given a time by which it must have ended. */
  readonly expires: boolean;
  /** Nobody submitted it: a batch did, which may cancel it too. */
  readonly child: boolean;
  readonly last?: SeenJob;
}

/** `cancelled`: nothing runs any more. `requested`: it is about to be. `too_late`: it ends, or has ended, otherwise. */
export type CancelAnswer = 'cancelled' | 'requested' | 'too_late';

/** Changed by the commands. */
export interface JobModel {
  readonly jobs: Map<string, ModelJob>;
  /** By idempotency key: what was asked under it and when (milliseconds), and the job that was made. */
  readonly keys: Map<string, { readonly asked: string; readonly at: number; readonly id: string }>;
  /** Whether anything was made to fail; until then every job that nobody stops completes. */
  disturbed: boolean;
}

/** How many events a job is sure to keep. */
const KEPT_EVENTS = 50;

export function newModel(): JobModel {
  return { jobs: new Map(), keys: new Map(), disturbed: false };
}

export function newJob(id: string, { expires = false, child = false } = {}): ModelJob {
  return { id, lives: 1, cancelAsked: false, expires, child };
}

/** The job after another life was given to it: what was said of the life before binds no more. */
export function revived({ id, lives, child, last }: ModelJob): ModelJob {
  return { id, lives: lives + 1, cancelAsked: false, expires: false, child, ...(last && { last }) };
}

/** A sentence for each promise that the job has broken, being seen as it is now. */
export function brokenBySight(job: ModelJob, now: SeenJob): string[] {
  return sentences(job, now, [
    ...(job.last ? sinceThen(job.last, now, job) : []),
    [now.ends <= job.lives, `it ends at most once in each of its ${job.lives} lives`],
    [now.status !== 'cancelled' || job.cancelAsked || job.child, 'nobody has cancelled it'],
    [job.cancelSaid !== 'cancelled' || now.status === 'cancelled', 'it was said to be cancelled'],
    [job.cancelSaid !== 'requested' || !isFinal(now.status) || now.status === 'cancelled', 'it was to be cancelled'],
    [job.cancelSaid !== 'too_late' || now.status !== 'cancelled', 'it was said to be beyond a cancel'],
    ...(now.counts ? promisesOfCounts(now.counts, now.status) : []),
  ]);
}

/** A sentence for each promise that was broken by what others were made to do for the job. */
export function brokenByActs(job: ModelJob, now: SeenJob, done: DoneOutside): string[] {
  const acts = Object.entries(done.acts);
  const wanted = now.status === 'completed' ? 1 : 0;
  const mustBeWhole = done.allOrNothing && isFinal(now.status);
  const stopped = job.doneAtCancel;
  return sentences(job, { ...now, done }, [
    [acts.every(([, times]) => times <= 1), 'nothing is done twice that may be done once'],
    [!mustBeWhole || acts.every(([, times]) => times === wanted), 'all is done if it completed, else nothing is left'],
    [done.asked <= now.attempt, 'an attempt asks once'],
    [!stopped || done.asked === stopped.asked, 'nothing is asked for a job that was said to be cancelled'],
    [!stopped || acts.every(([act, times]) => times <= (stopped.acts[act] ?? 0)), 'nor done for it'],
  ]);
}

/** A sentence for each promise that the job has broken, now that nothing more can happen to it. */
export function brokenAtRest({ disturbed }: JobModel, job: ModelJob, now: SeenJob): string[] {
  const unharmed = !disturbed && !job.cancelAsked && !job.expires && !job.child;
  return sentences(job, now, [
    [isFinal(now.status), 'it ends'],
    [now.seq > KEPT_EVENTS || now.ends === job.lives, `it ends once in each of its ${job.lives} lives`],
    [!unharmed || now.status === 'completed', 'nothing kept it from completing'],
  ]);
}

/** A sentence if the counts of a batch that has ended differ from what became of its children. */
export function brokenByCount(batch: SeenJob, children: readonly JobStatus[]): string[] {
  if (!batch.counts) return [];
  const { total, completed, cancelled } = batch.counts;
  const of = (status: JobStatus) => children.filter((each) => each === status).length;
  return sentences(batch, { ...batch, children }, [
    [children.every(isFinal), 'a batch ends after its children'],
    [children.length <= total, 'no batch has more children than it says'],
    [of('completed') === completed, 'every child that completed is counted as such, and no other'],
    [of('cancelled') <= cancelled, 'every child that was cancelled is counted as such'],
  ]);
}

type Promised = readonly [holds: boolean, promise: string];

function sinceThen(before: SeenJob, now: SeenJob, { lives }: ModelJob): Promised[] {
  const ended = isFinal(before.status) && before.ends >= lives;
  const rising = ['attempt', 'progress', 'seq'] as const;
  const waits = now.status === 'accepted' || now.status === 'scheduled';
  return [
    ...rising.map((field): Promised => [now[field] >= before[field], `${field} never falls`]),
    [!ended || (now.seq === before.seq && now.attempt === before.attempt), 'nothing happens to a job that has ended'],
    [!waits || lives > 1 || now.attempt === 0, 'a job that has begun does not wait for its beginning'],
    [!before.counts || !now.counts || now.counts.total === before.counts.total, 'a batch keeps its size'],
    [!before.counts || !now.counts || now.counts.pending <= before.counts.pending, 'who is counted stays counted'],
  ];
}

function promisesOfCounts({ total, completed, failed, cancelled, pending }: ChildCounts, status: JobStatus) {
  return [
    [completed + failed + cancelled + pending === total, 'the counts add up'],
    [!isFinal(status) || pending === 0, 'a batch ends after its last child'],
  ] as const;
}

function sentences({ id }: Pick<ModelJob, 'id'>, seen: object, promises: readonly Promised[]): string[] {
  return promises.flatMap(([holds, promise]) => (holds ? [] : [`${id}: ${promise}: ${JSON.stringify(seen)}`]));
}
