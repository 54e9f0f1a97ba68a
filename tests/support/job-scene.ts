import { isFinal, type Job, type JobMessage, limitOf } from '../../shared/domain/job.ts';
import { claim } from '../../shared/domain/transitions.ts';
import { buryMessage } from '../../shared/jobs/bury-message.ts';
import { cancelJob } from '../../shared/jobs/cancel-job.ts';
import type { StepContext, StepResult } from '../../shared/jobs/processor.ts';
import { reconcileJobs } from '../../shared/jobs/reconcile-jobs.ts';
import { redriveJob } from '../../shared/jobs/redrive-job.ts';
import { type Submit, submitJob } from '../../shared/jobs/submit-job.ts';
import { ActProvider, act, leftHalfDone } from './acting-scene.ts';
import { miscounted } from './batch-scene.ts';
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

/** The service in memory, with everything that can happen to it as a method, and its promises checked at every write and every run. */
export class JobScene {
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

  constructor() {
    this.world.random = () => this.#random();
    this.world.store.observe = (...write) => void this.#broken.push(...brokenPromises(...write));
  }

  submit(submit: Submit): Promise<unknown> {
    return submitJob(submit, this.world);
  }

  /** A consumer takes the message; its attempt ends so, or goes on until `finish`. A message that is not acknowledged comes back. */
  async deliver(message: JobMessage, ending: Ending | 'suspended'): Promise<void> {
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
  async cancel(id: string): Promise<void> {
    const { store } = this.world;
    const outcome = await cancelJob(store.head(id), this.world);
    const { status, cancel_at, committed_at, intended_end } = store.head(id);
    const said = {
      cancelled: status === 'cancelled',
      requested: cancel_at !== undefined || intended_end?.status === 'cancelled',
      beyond_recall: committed_at !== undefined || intended_end !== undefined,
      ended: isFinal(status),
    };
    if (outcome && !said[outcome.kind]) this.#broken.push(`${id} was said to be ${outcome.kind}, and is ${status}`);
  }

  /** An operator gives a failed job another life; any other job stays as it is. */
  async redrive(id: string): Promise<void> {
    await redriveJob(this.world.store.head(id), this.world);
  }

  bury(message: JobMessage): Promise<void> {
    return buryMessage(message, this.world);
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

  /** Nothing goes wrong any more: consumers and the reconciler run until every job has ended. Throws if one does not. */
  async settleDown(): Promise<void> {
    const { world } = this;
    world.queues.fault = () => {};
    world.store.fault = () => {};
    await this.#runOn();
    for (const run of [...this.running]) await this.finish(run, 'success');
    await this.#runOn();
    if (this.open.length > 0) this.#broken.push(`never ended: ${JSON.stringify(this.open, null, 1)}`);
    if (this.#unfollowed.length > 0) this.#broken.push(`never followed up: ${this.#unfollowed.map(({ id }) => id)}`);
    const heads = [...world.store.heads.values()];
    this.#broken.push(...heads.flatMap((job) => miscounted(job, world.store.heads)));
    const acting = heads.filter(({ type }) => type === actingType);
    this.#broken.push(...acting.flatMap((job) => leftHalfDone(job, this.#provider)));
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
    const ending = this.#next;
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
