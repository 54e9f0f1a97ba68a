import type { JobType } from '../../shared/catalog/job-types.ts';
import { childCounts, progressOf } from '../../shared/domain/batch.ts';
import { isFinal, type Job, type JobMessage, type JobStatus, limitOf } from '../../shared/domain/job.ts';
import { claim } from '../../shared/domain/transitions.ts';
import { buryMessage } from '../../shared/jobs/bury-message.ts';
import { cancelJob } from '../../shared/jobs/cancel-job.ts';
import type { StepContext, StepResult } from '../../shared/jobs/processor.ts';
import { reconcileJobs } from '../../shared/jobs/reconcile-jobs.ts';
import { NotFollowedError, redriveJob } from '../../shared/jobs/redrive-job.ts';
import { type Submit, submitJob } from '../../shared/jobs/submit-job.ts';
import { ActProvider, act } from './acting-scene.ts';
import { pick } from './any-order/happenings.ts';
import type { CancelAnswer, DoneOutside, SeenJob } from './any-order/job-model.ts';
import {
  type JobSystem,
  type Kind,
  routeOf,
  type Submission,
  type SubmitAnswer,
  type Trouble,
} from './any-order/job-system.ts';
import { miscounted } from './batch-scene.ts';
import { newId } from './job-builder.ts';
import { brokenPromises } from './job-invariants.ts';
import { JobWorld } from './job-world.ts';
import { type Ending, end } from './processor-endings.ts';

/** The type whose jobs do what must be taken back: any will do, the processor is the scene's. */
const actingType = 'synthesize_voice';

interface Run {
  readonly id: string;
  readonly visit: number;
  readonly attempt: number;
  readonly beganAt: number;
  readonly leaseUntil: number;
  finish(ending: Ending): void;
  readonly settled: Promise<void>;
}

/** What is submitted for each kind. The processors are the scene's, so that a type stands for its steps and its rules only. */
const submissions: Readonly<Record<Kind, { readonly type: JobType; readonly input: object }>> = {
  story: { type: 'generate_story', input: { location: { latitude: 35.17, longitude: -103.72 } } },
  'narrated story': {
    type: 'generate_story',
    input: { location: { latitude: 35.17, longitude: -103.72 }, include_voice: true },
  },
  narration: {
    type: 'process_image',
    input: { upload_key: 'uploads/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7' },
  },
  booking: { type: actingType, input: { text: 'Tucumcari' } },
  notification: {
    type: 'send_notification',
    input: { recipients: [{ channel: 'email', address: 'ada@example.com' }], title: 'Ready', body: 'Twelve of them.' },
  },
  batch: { type: 'pregenerate_stories', input: { routes: [{ origin: 'Tucumcari', destination: 'Amarillo' }] } },
  probe: { type: 'probe', input: {} },
};

/** A call that failed because a service was out of reach: its caller is told, and nothing else follows. */
export class Outage extends Error {
  override readonly name = 'Outage';
}

/** The service in memory, with everything that can happen to it as a method, and its promises checked at every write and every run. */
export class JobScene implements JobSystem {
  readonly world = new JobWorld();
  /** Attempts that have begun and not been told how to end. */
  readonly running: Run[] = [];
  #next: Ending | 'suspended' = 'success';
  /** Visit in the message that is being delivered. */
  #visit = 0;
  #seed = 1;
  #restartedAt = 0;
  #settled: Promise<void> = Promise.resolve();
  readonly #broken: string[] = [];
  readonly #provider = new ActProvider();
  /** By id of the job: how its next runs end. */
  readonly #troubles = new Map<string, Trouble[]>();
  /** By id of the job: the call of the store at which its next worker dies. */
  readonly #deaths = new Map<string, number>();
  /** By id of the job: how often a processor began. */
  readonly #runs = new Map<string, number>();

  constructor() {
    this.world.random = () => this.#random();
    this.world.store.observe = (...write) => void this.#broken.push(...brokenPromises(...write));
  }

  now(): number {
    return this.world.time;
  }

  ids(): readonly string[] {
    return [...this.world.store.heads.keys()];
  }

  async submit({ kind, key, priority, delay, expiresIn }: Submission): Promise<SubmitAnswer> {
    const fingerprint = JSON.stringify({ kind, priority, delay, expiresIn });
    const outcome = await submitJob(
      {
        id: newId(),
        ...submissions[kind],
        owner: 'traveller',
        options: {
          ...(priority !== undefined && { priority }),
          ...(expiresIn !== undefined && { expiresIn }),
          ...(delay > 0 && { notBefore: this.world.time + delay * 1_000 }),
        },
        ...(key !== undefined && { idempotency: { route: routeOf(kind), key, fingerprint } }),
      },
      this.world,
    );
    if (outcome.kind === 'key_reused' || outcome.kind === 'in_flight') return { kind: 'refused' };
    return { kind: 'accepted', id: outcome.answer.job_id };
  }

  /** A story whose text is known already, or all of it. */
  async submitKnown(headStart: Submit['headStart']): Promise<string> {
    const id = newId();
    const known = {
      ...submissions['narrated story'],
      owner: 'traveller',
      options: {},
      ...(headStart && { headStart }),
    };
    await submitJob({ id, ...known }, this.world);
    return id;
  }

  /** A consumer takes the message; its attempt ends so, or goes on until `finish`. A message that is not acknowledged comes back. */
  async deliver(message: JobMessage, ending: Ending | 'suspended'): Promise<void> {
    const deathAt = this.#deaths.get(message.id);
    this.#deaths.delete(message.id);
    if (deathAt !== undefined) return this.dieAt(deathAt, message);
    this.#next = ending;
    this.#visit = message.visit;
    const begun = Promise.withResolvers<void>();
    this.world.perform = (context) => this.#perform(this.world.store.head(context.jobId), context, begun.resolve);
    const settled = this.world.deliver(message).catch(() => this.#comesBack(message));
    this.#settled = settled;
    await Promise.race([settled, begun.promise]);
  }

  /** A worker claims the job and dies. */
  async crash(message: JobMessage): Promise<void> {
    const now = this.world.now();
    await this.world.store.apply(claim(message, now, { until: now + 100_000, holder: 'a worker that died' }));
  }

  async finish(run: Run, ending: Ending): Promise<void> {
    const { store } = this.world;
    const head = store.head(run.id);
    const owned = head.visit === run.visit && head.attempt === run.attempt && head.lease_until !== undefined;
    this.running.splice(this.running.indexOf(run), 1);
    run.finish(ending);
    await run.settled;
    const changed = JSON.stringify(store.head(run.id)) !== JSON.stringify(head);
    if (!owned && changed) this.#broken.push(`an attempt that was taken over wrote to ${run.id}`);
  }

  /** A worker takes the message and dies at its `operation`th call of the store; the message comes back. */
  async dieAt(operation: number, message: JobMessage): Promise<void> {
    const { world } = this;
    let calls = 0;
    const fault = () => {
      calls++;
      if (calls >= operation) throw new Error('The worker is dead');
    };
    world.store.fault = fault;
    await this.deliver(message, 'success');
    world.store.fault = () => {};
  }

  /** The owner cancels the job, and the answer must be what the record says. */
  async cancel(id: string): Promise<CancelAnswer | undefined> {
    const { store } = this.world;
    const outcome = await cancelJob(store.head(id), this.world).catch(unlessOutage);
    if (!outcome) return undefined;
    const { status, cancel_at, committed_at, intended_end } = store.head(id);
    const said = {
      cancelled: status === 'cancelled',
      requested: cancel_at !== undefined || intended_end?.status === 'cancelled',
      beyond_recall: committed_at !== undefined || intended_end !== undefined,
      ended: isFinal(status),
    };
    if (!said[outcome.kind]) this.#broken.push(`${id} was said to be ${outcome.kind}, and is ${status}`);
    return outcome.kind === 'cancelled' || outcome.kind === 'requested' ? outcome.kind : 'too_late';
  }

  /** A failed job gets another life; any other job stays as it is. */
  async revive(id: string): Promise<boolean> {
    const revived = await redriveJob(this.world.store.head(id), this.world).catch(unlessOutage);
    return revived !== undefined;
  }

  sendTwice(): void {
    this.world.queues.doubled += 1;
  }

  async deliverAgain(message: number): Promise<void> {
    const sent = pick(this.world.queues.sent, message);
    if (sent) await this.deliver(sent.message, 'success');
  }

  async bury(message: number): Promise<void> {
    const sent = pick(this.world.queues.sent, message);
    if (sent) await buryMessage(sent.message, this.world).catch(unlessOutage);
  }

  upset(id: string, trouble: Trouble): void {
    this.#troubles.set(id, [...(this.#troubles.get(id) ?? []), trouble]);
  }

  killWorker(id: string, call: number): void {
    this.#deaths.set(id, call);
  }

  async reconcile(): Promise<void> {
    await reconcileJobs({ everything: false, abandonedBefore: 0 }, this.world);
  }

  /** Every worker and every queue is gone; the records are still there. */
  async restart(): Promise<void> {
    this.world.time += 1;
    this.#restartedAt = this.world.time;
    this.world.queues.waiting.length = 0;
    await reconcileJobs({ everything: true, abandonedBefore: this.world.time }, this.world);
  }

  /** Throws if anything happened that must never happen. */
  checkPromises(): void {
    if (this.#broken.length > 0) throw new Error(this.#broken.join('\n'));
  }

  async see(id: string): Promise<SeenJob> {
    this.checkPromises();
    const job = this.world.store.head(id);
    const { status, attempt, seq, history } = job;
    const counts = childCounts(job);
    const ends = history.filter((event) => isFinal(event.status)).length;
    return { id, status, attempt, progress: progressOf(job), seq, ends, ...(counts && { counts }) };
  }

  async doneFor(id: string): Promise<DoneOutside> {
    const isActing = this.world.store.head(id).type === actingType;
    const acts = isActing ? this.#provider.inForce({ id }) : {};
    return { asked: this.#runs.get(id) ?? 0, acts, allOrNothing: isActing };
  }

  async childrenOf(id: string): Promise<readonly JobStatus[] | undefined> {
    const { heads } = this.world.store;
    if (heads.get(id)?.total === undefined) return undefined;
    return [...heads.values()].flatMap(({ parent, status }) => (parent?.id === id ? [status] : []));
  }

  /** Nothing goes wrong any more: consumers and the reconciler run until every job has ended. Throws if one does not. */
  async settle(): Promise<void> {
    const { world } = this;
    world.queues.fault = () => {};
    world.store.fault = () => {};
    this.#troubles.clear();
    this.#deaths.clear();
    await this.#runOn();
    for (const run of [...this.running]) await this.finish(run, 'success');
    await this.#runOn();
    if (this.open.length > 0) this.#broken.push(`never ended: ${JSON.stringify(this.open, null, 1)}`);
    if (this.#unfollowed.length > 0) this.#broken.push(`never followed up: ${this.#unfollowed.map(({ id }) => id)}`);
    const heads = [...world.store.heads.values()];
    this.#broken.push(...heads.flatMap((job) => miscounted(job, world.store.heads)));
    this.checkPromises();
  }

  async #runOn(): Promise<void> {
    const { world } = this;
    for (let minute = 0; minute < 300 && (this.open.length > 0 || this.#unfollowed.length > 0); minute++) {
      world.time += 60_000;
      await this.reconcile();
      for (let next = world.queues.receive(); next; next = world.queues.receive())
        await this.deliver(next.message, 'success');
    }
  }

  get #unfollowed(): readonly Job[] {
    return [...this.world.store.heads.values()].filter(({ outbox }) => outbox !== undefined);
  }

  get open(): readonly Job[] {
    return [...this.world.store.heads.values()].filter(({ status }) => !isFinal(status));
  }

  async #perform(job: Job, context: StepContext<unknown, unknown>, begun: () => void): Promise<StepResult<unknown>> {
    this.#checkStart(job);
    this.#runs.set(job.id, (this.#runs.get(job.id) ?? 0) + 1);
    const ending = this.#troubles.get(job.id)?.shift() ?? this.#next;
    await context.progress(this.#random(), 'Working');
    if (ending !== 'suspended') return this.#end(ending, job, context);
    const { promise, resolve } = Promise.withResolvers<Ending>();
    const { id, visit, attempt, lease_until = 0 } = job;
    const beganAt = this.world.time;
    this.running.push({
      id,
      visit,
      attempt,
      beganAt,
      leaseUntil: lease_until,
      finish: resolve,
      settled: this.#settled,
    });
    begun();
    return this.#end(await promise, job, context);
  }

  /** Jobs of one type pay for something; those of the others only make something. */
  #end(
    ending: Ending,
    job: Job,
    context: StepContext<unknown, unknown>,
  ): StepResult<unknown> | Promise<StepResult<unknown>> {
    if (job.type !== actingType) return end(ending, job, context.result);
    return act(ending, Math.floor(this.#random() * 3), context, job.step, this.#provider);
  }

  #checkStart(job: Job): void {
    const { time } = this.world;
    if (isFinal(job.status) || job.lease_until === undefined) this.#broken.push(`${job.id} runs without a lease`);
    if (job.visit !== this.#visit) this.#broken.push(`${job.id} runs by a message of another visit`);
    if (limitOf(job) <= time) this.#broken.push(`${job.id} starts after its wait limit`);
    const alive = this.running.filter((run) => run.leaseUntil >= time && run.beganAt >= this.#restartedAt);
    if (alive.some(({ id }) => id === job.id)) this.#broken.push(`${job.id} has two living attempts`);
  }

  /** SQS hands a message out again that was not acknowledged. */
  #comesBack(message: JobMessage): void {
    const { time, queues, store } = this.world;
    const { queue, owner } = store.head(message.id);
    queues.waiting.push({ queue, message, owner, delaySeconds: 0, sentAt: time, visibleAt: time + 540_000 });
  }

  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}

/** Undefined for a call that failed because of an outage. */
/** What failed for another reason is thrown on. */
function unlessOutage(error: unknown): undefined {
  const cause = error instanceof NotFollowedError ? error.cause : error;
  if (!(cause instanceof Outage)) throw error;
}
