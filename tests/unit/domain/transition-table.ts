import * as batches from '../../../shared/domain/batch-transitions.ts';
import type { Change } from '../../../shared/domain/change.ts';
import { failure } from '../../../shared/domain/decide.ts';
import * as effects from '../../../shared/domain/effect-transitions.ts';
import { free, held, lost } from '../../../shared/domain/guards.ts';
import { isFinal, type Job, newestReadableVersion } from '../../../shared/domain/job.ts';
import * as messages from '../../../shared/domain/message-transitions.ts';
import * as transitions from '../../../shared/domain/transitions.ts';
import { acceptedAt, acceptedJob, endedJob, heldJob, retryingJob, writtenStory } from '../../support/job-builder.ts';

/** Half a minute after the builders' jobs were accepted. */
export const now = acceptedAt + 30_000;
const past = now - 1;
const future = now + 60_000;
export const error = failure('timed_out');
const batch = {
  type: 'pregenerate_stories',
  total: 5,
  done_ok: new Set([0]),
  done_failed: new Set([2]),
  done_cancelled: new Set([3]),
} as const;
const acted = { acted_at: past };
const committed = { acted_at: past, committed_at: past };
const undoing = {
  status: 'processing',
  step: 'undo',
  intended_end: { status: 'cancelled', error, step: 'write' },
} as const;
const parent = { id: 'a batch', index: 1 };

export const shapes = {
  'scheduled, not yet time': acceptedJob({ status: 'scheduled', not_before: future }),
  'scheduled, time has come': acceptedJob({ status: 'scheduled', not_before: now }),
  accepted: acceptedJob(),
  'retrying, too early': retryingJob({ not_before: future }),
  'retrying, time has come': retryingJob(),
  'between two steps': writtenStory({ wait_until: future }),
  'waited too long': acceptedJob({ wait_until: now }),
  'deadline passed, waiting': acceptedJob({ deadline: now }),
  'a newer record': acceptedJob({ rv: newestReadableVersion + 1 }),
  running: heldJob(),
  'running, asked to stop': heldJob({ cancel_at: past }),
  'running past its deadline': heldJob({ deadline: past }),
  'running past its deadline, asked to stop': heldJob({ deadline: past, cancel_at: past }),
  'lease just out': heldJob({ lease_until: now - 2_000 }),
  'lease long out': heldJob({ lease_until: now - 2_001 }),
  'lease long out, asked to stop': heldJob({ lease_until: now - 60_000, cancel_at: past }),
  'running, has acted': heldJob(acted),
  'running, has acted, asked to stop': heldJob({ ...acted, cancel_at: past }),
  'running, committed, past its limits': heldJob({ ...committed, deadline: past, wait_until: past }),
  'waiting, has acted': retryingJob(acted),
  'waited too long, has acted': retryingJob({ ...acted, wait_until: now }),
  'waiting, committed, past its limits': retryingJob({ ...committed, deadline: past, wait_until: past }),
  'waiting to undo, past its limits': acceptedJob({ ...undoing, ...acted, visit: 2, deadline: past, wait_until: past }),
  undoing: heldJob({ ...undoing, ...acted, cancel_at: past }),
  'undoing, everything is taken back': heldJob(undoing),
  completed: endedJob('completed'),
  failed: endedJob('failed', { dead: 'ai_generation' }),
  'failed, and nobody told': endedJob('failed', { dead: 'ai_generation', outbox: ['callback'], due_at: now }),
  'failed, no dead letter': endedJob('failed'),
  cancelled: endedJob('cancelled'),
  expired: endedJob('expired'),
  'making its children': heldJob({ ...batch, batch: 'fanning_out' }),
  'making its children, asked to stop': heldJob({ ...batch, batch: 'fanning_out', cancel_at: past }),
  'to go on making its children': retryingJob({ ...batch, batch: 'fanning_out' }),
  'waiting for its children': acceptedJob({ ...batch, status: 'processing', batch: 'waiting', visit: 2 }),
  'closing because it failed': acceptedJob({ ...batch, status: 'processing', batch: 'closing', visit: 2 }),
  'failed with its children': endedJob('failed', {
    dead: 'analytics',
    total: 3,
    intended_end: { status: 'failed', error },
  }),
  'failed, a child': endedJob('failed', { dead: 'analytics', parent, outbox: ['count_at_parent'], due_at: now }),
} as const satisfies Record<string, Job>;

type Shape = keyof typeof shapes;

export const shapeNames = Object.keys(shapes).filter((name): name is Shape => Object.hasOwn(shapes, name));
const live: readonly Shape[] = shapeNames.filter((name) => !isFinal(shapes[name].status));
const isHeld = (name: Shape) => 'lease_until' in shapes[name];
const hasChildren = (name: Shape) => 'batch' in shapes[name];
const hasActed = (name: Shape) => 'acted_at' in shapes[name];
/** Only forward or only back: neither a cancel nor a limit counts. */
const isBeyondRecall = (name: Shape) => 'committed_at' in shapes[name] || 'intended_end' in shapes[name];
const everyHeld = live.filter(isHeld);
const everyNotAsked = everyHeld.filter((name) => !('cancel_at' in shapes[name]) || isBeyondRecall(name));
/** Nobody changes what a later release wrote. */
const everyFree = live.filter((name) => !isHeld(name) && name !== 'a newer record');
/** A job with open children may not end, nor go to another step, before they have ended. */
const freeShapes = everyFree.filter((name) => !hasChildren(name));
const notAsked = everyNotAsked.filter((name) => !hasChildren(name));
const asked = everyHeld.filter((name) => 'cancel_at' in shapes[name] && !hasChildren(name));
/** What may end otherwise than completed: it has nothing to take back, and a cancel or a limit still counts. */
const mayEnd = (names: readonly Shape[]) => names.filter((name) => !hasActed(name) && !isBeyondRecall(name));
const goingOn = (names: readonly Shape[]) => names.filter((name) => !('intended_end' in shapes[name]));
const mustUndo = (names: readonly Shape[]) => names.filter((name) => hasActed(name) && !isBeyondRecall(name));

export const plan = { delaySeconds: 7, counted: true, error };
export const result = { inline: { title: 'Tucumcari' } };
export const next = { step: 'narrate', progress: 50, queue: 'voice_synthesis', result, degraded: [] } as const;

const begun = {
  effects: { charge: { state: 'begun', generation: 1, at: now, must_undo: true } },
  commits: false,
  message: 'Charging',
  progress: 30,
} as const;

/** Each transition, and the only states in which it may happen. */
export const table: Readonly<Record<string, { make: (job: Job) => Change; from: readonly Shape[] }>> = {
  claim: {
    make: (job) => transitions.claim(job, now, { until: now + 90_000, holder: 'a' }),
    from: [
      'scheduled, time has come',
      'accepted',
      'retrying, time has come',
      'between two steps',
      'to go on making its children',
      'waiting, has acted',
      'waiting, committed, past its limits',
      'waiting to undo, past its limits',
    ],
  },
  'report progress': { make: (job) => transitions.reportProgress(job, now, 40, 'Writing'), from: everyHeld },
  'hand off': { make: (job) => transitions.handOff(job, now, next), from: goingOn(notAsked) },
  retry: { make: (job) => transitions.retry(job, held(job), now, plan), from: everyNotAsked },
  'retry a step that nobody ran': {
    make: (job) => transitions.retry(job, free, now, plan),
    from: everyFree,
  },
  'retry a lost attempt': {
    make: (job) => transitions.retry(job, lost(job, now), now, plan),
    from: ['lease long out'],
  },
  complete: {
    make: (job) => transitions.complete(job, held(job), now, { result, degraded: [] }),
    from: goingOn(notAsked),
  },
  'complete without a lost step': {
    make: (job) => transitions.complete(job, lost(job, now), now, { result: undefined, degraded: ['voice'] }),
    from: ['lease long out'],
  },
  'complete without a step nobody ran': {
    make: (job) => transitions.complete(job, free, now, { result: undefined, degraded: ['voice'] }),
    from: goingOn(freeShapes),
  },
  fail: { make: (job) => transitions.fail(job, held(job), now, error), from: mayEnd(notAsked) },
  'fail a lost attempt': { make: (job) => transitions.fail(job, lost(job, now), now, error), from: ['lease long out'] },
  'fail a job nobody ran': { make: (job) => transitions.fail(job, free, now, error), from: mayEnd(freeShapes) },
  'request cancel': {
    make: (job) => transitions.requestCancel(job, now),
    from: everyNotAsked.filter((name) => !isBeyondRecall(name)),
  },
  'cancel a running job': { make: (job) => transitions.cancel(job, held(job), now, error), from: mayEnd(asked) },
  'cancel a lost job': {
    make: (job) => transitions.cancel(job, lost(job, now), now, error),
    from: ['lease long out, asked to stop'],
  },
  'cancel a waiting job': { make: (job) => transitions.cancel(job, free, now, error), from: mayEnd(freeShapes) },
  'expire a waiting job': {
    make: (job) => transitions.expire(job, free, now, error),
    from: ['waited too long', 'deadline passed, waiting'],
  },
  'expire a running job': {
    make: (job) => transitions.expire(job, held(job), now, error),
    from: ['running past its deadline'],
  },
  'begin an effect': { make: (job) => effects.beginEffect(job, now, begun), from: everyNotAsked },
  'begin an effect that commits': {
    make: (job) => effects.beginEffect(job, now, { ...begun, commits: true }),
    from: everyHeld.filter((name) => !('cancel_at' in shapes[name])),
  },
  'record effects': { make: (job) => effects.recordEffects(job, now, begun.effects, false), from: everyHeld },
  'undo a failed job': {
    make: (job) => effects.undo(job, held(job), now, { status: 'failed', error }),
    from: mustUndo(notAsked),
  },
  'undo a cancelled job': {
    make: (job) => effects.undo(job, held(job), now, { status: 'cancelled', error }),
    from: mustUndo(asked),
  },
  'undo a job that waits': {
    make: (job) => effects.undo(job, free, now, { status: 'cancelled', error }),
    from: mustUndo(freeShapes),
  },
  'undo an expired job': {
    make: (job) => effects.undo(job, free, now, { status: 'expired', error }),
    from: ['waited too long, has acted'],
  },
  'end an undone job': {
    make: (job) => effects.endUndone(job, now, { status: 'cancelled', error, step: 'write' }),
    from: ['undoing, everything is taken back'],
  },
  'push the due time': { make: (job) => messages.pushDue(job, future), from: everyFree },
  redrive: { make: (job) => transitions.redrive(job, now), from: ['failed'] },
  'requeue a dead letter': {
    make: (job) => messages.requeue(job, now),
    from: [...freeShapes, 'to go on making its children'],
  },
  'plan the children': {
    make: (job) => batches.planChildren(job, now, { total: 3, failed: [2], result }),
    from: notAsked,
  },
  'await the children': { make: (job) => batches.awaitChildren(job, now), from: ['making its children'] },
  'count a child': {
    make: (job) => batches.countChild(job.id, 1, 'done_ok', now),
    from: live.filter(hasChildren),
  },
  'count a completed child again': { make: (job) => batches.countChild(job.id, 0, 'done_failed', now), from: [] },
  'count a failed child again': { make: (job) => batches.countChild(job.id, 2, 'done_ok', now), from: [] },
  'count a cancelled child again': { make: (job) => batches.countChild(job.id, 3, 'done_ok', now), from: [] },
  'count a child there is not': { make: (job) => batches.countChild(job.id, 5, 'done_ok', now), from: [] },
  join: {
    make: (job) => batches.join(job, now, { step: 'join', progress: 99 }),
    from: ['waiting for its children'],
  },
  'close a batch that nobody holds': {
    make: (job) => batches.close(job, free, now, { status: 'failed', error }),
    from: ['to go on making its children', 'waiting for its children'],
  },
  'close a batch that failed while it is held': {
    make: (job) => batches.close(job, held(job), now, { status: 'failed', error }),
    from: ['making its children'],
  },
  'close a batch because it is cancelled': {
    make: (job) => batches.close(job, free, now, { status: 'cancelled', error }),
    from: ['to go on making its children', 'waiting for its children', 'closing because it failed'],
  },
  'close a batch that an attempt holds': {
    make: (job) => batches.close(job, held(job), now, { status: 'cancelled', error }),
    from: ['making its children', 'making its children, asked to stop'],
  },
  'end a batch that closes': {
    make: (job) => batches.endClosed(job, now, { status: 'failed', error }),
    from: ['closing because it failed'],
  },
  'clear the outbox': { make: (job) => batches.clearOutbox(job), from: ['failed, and nobody told', 'failed, a child'] },
};
