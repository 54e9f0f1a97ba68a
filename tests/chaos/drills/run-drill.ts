import { setTimeout as sleep } from 'node:timers/promises';
import { alarms, cloudWatchName, runbookSection, severityOf } from '../../../shared/catalog/alarms.ts';
import { queues } from '../../../shared/catalog/queues.ts';
import type { JobDocument } from '../../support/api-client.ts';
import { hasEnded } from '../../support/api-client.ts';
import type { Drill, DrillScene, Fault, News, Remedy } from './drill.ts';

/** How long each stage may take to come, seconds. */
export const stageLimits = {
  calm: 120,
  'the first job that feels it': 30,
  alarm: 90,
  page: 15,
  remedy: 30,
  'end of the alarm': 60,
  'end of the page': 60,
  aftermath: 30,
  recovery: 120,
} as const;

/** So many of the first jobs are looked at for one that feels the fault: the very first may find a free worker. */
const mostLookedAt = 12;

export type Stage = keyof typeof stageLimits;

/** A stage of the drill that did not come. */
export class StageMissing extends Error {
  override readonly name = 'StageMissing';
  readonly stage: Stage;
  constructor(stage: Stage, seconds: number) {
    super(`The drill has failed: ${stage} did not come within ${seconds} s.`);
    this.stage = stage;
  }
}

export interface DrillOptions {
  /** Takes each line of the timeline. */
  readonly print: (line: string) => void;
  /** Told again and again what is waited for. */
  readonly waiting: (stage: Stage, seconds: number) => void;
  readonly stop: AbortSignal;
  readonly limits?: Readonly<Record<Stage, number>>;
  readonly pollMs?: number;
}

/**
 * Breaks something and prints what comes of it, each line when it is seen. Rejects with StageMissing if something does not come in time,
 * with the reason of `stop` once that is aborted.
 */
export async function runDrill(drill: Drill, scene: DrillScene, options: DrillOptions): Promise<void> {
  await new DrillRun(drill, scene, options).run();
}

class DrillRun {
  readonly #drill: Drill;
  readonly #scene: DrillScene;
  readonly #options: DrillOptions;
  readonly #startedAt = performance.now();
  readonly #alarm: string;
  readonly #incident: string;
  readonly #news: News[] = [];
  readonly #jobs: string[] = [];
  #firstJob: string | undefined;
  #isBroken = false;
  #submitFailed: unknown;

  constructor(drill: Drill, scene: DrillScene, options: DrillOptions) {
    this.#drill = drill;
    this.#scene = scene;
    this.#options = options;
    this.#alarm = cloudWatchName('local', drill.alarm, drill.queue);
    this.#incident = incidentOf(drill);
  }

  async run(): Promise<void> {
    const first = await this.#until('calm', () => this.#firstJobDone());
    this.#say('calm', `the local cloud is up, no incident is open, and job ${first} went through`);
    const fault = await this.#drill.inflict(this.#scene);
    this.#isBroken = true;
    this.#jobs.push(...(fault.jobs ?? []));
    this.#say('fault', fault.what);
    const enough = new AbortController();
    const submitting = this.#submitJobs(enough.signal);
    try {
      this.#say('felt', await this.#until('the first job that feels it', () => this.#feeling(fault)));
      await this.#until('alarm', async () => this.#hasFired());
      await this.#until('page', async () => this.#isPaged('ALARM'));
      this.#sayRemedy(await this.#until('remedy', () => fault.remedy()));
    } finally {
      enough.abort();
      await submitting;
    }
    if (fault.lift) this.#say('lifted', fault.lift());
    await this.#until('end of the alarm', async () => !this.#scene.isInAlarm(this.#alarm));
    await this.#until('end of the page', async () => this.#isPaged('OK'));
    const { aftermath } = fault;
    if (aftermath) this.#sayRemedy(await this.#until('aftermath', aftermath));
    const ledger = await this.#until('recovery', () => this.#ledgerOnceEnded());
    this.#say('recovered', ledger);
    const elsewhere = this.#elsewhere();
    if (elsewhere.length > 0) this.#say('elsewhere', `fired meanwhile: ${elsewhere.join(', ')}`);
    this.#options.print(`\nWhat to do when it is real: ${runbookSection(this.#drill.alarm)}`);
  }

  /** Rejects once something is missing for too long; until then whatever happens is told as it comes. */
  async #until<T>(stage: Stage, look: () => Promise<T | undefined | false>): Promise<T> {
    const { stop, waiting, limits = stageLimits, pollMs = 200 } = this.#options;
    const since = performance.now();
    for (;;) {
      stop.throwIfAborted();
      if (this.#submitFailed !== undefined) throw this.#submitFailed;
      for (const news of this.#scene.news()) this.#tell(news);
      const found = await look();
      if (found !== undefined && found !== false) return found;
      const seconds = (performance.now() - since) / 1_000;
      if (seconds > limits[stage]) throw new StageMissing(stage, limits[stage]);
      waiting(stage, seconds);
      await sleep(pollMs, undefined, { signal: stop }).catch(() => stop.throwIfAborted());
    }
  }

  /** Nothing is broken yet: a job of the drill's kind goes through, which also has the functions warm. */
  async #firstJobDone(): Promise<string | undefined> {
    this.#firstJob ??= await this.#drill.submit(this.#scene).catch(() => undefined);
    const job = this.#firstJob && (await this.#scene.job(this.#firstJob));
    return job && hasEnded(job) && this.#scene.isCalm() ? job.job_id : undefined;
  }

  async #submitJobs(enough: AbortSignal): Promise<void> {
    const { everyMs, atMost } = this.#drill.work;
    while (this.#jobs.length < atMost && !enough.aborted && !this.#options.stop.aborted) {
      try {
        this.#jobs.push(await this.#drill.submit(this.#scene));
        await sleep(everyMs, undefined, { signal: AbortSignal.any([enough, this.#options.stop]) });
      } catch (error) {
        if (!enough.aborted) this.#submitFailed = error;
        return;
      }
    }
  }

  async #feeling({ felt }: Fault): Promise<string | undefined> {
    for (const id of this.#jobs.slice(0, mostLookedAt)) {
      const job = await this.#scene.job(id);
      const feeling = job && felt(job);
      if (feeling !== undefined) return feeling;
    }
    return undefined;
  }

  /** Alarms of other queues are named at the end: a fault is seldom seen by one alone. */
  #tell(news: News): void {
    const { name, state } = news;
    // What the alarms said before anything was broken is not the drill's.
    if (!this.#isBroken) return;
    this.#news.push(news);
    if (name !== this.#incident && !name.endsWith(`-${this.#drill.queue}`)) return;
    if (news.kind === 'page') {
      if (name === this.#incident) this.#say('page', `${news.topic} told the on-call address: ${news.subject}`);
    } else if (name === this.#alarm && state === 'ALARM') {
      this.#say('alarm', `${name}: ${alarms[this.#drill.alarm].impact}`, news.reason);
    } else if (state !== 'INSUFFICIENT_DATA') {
      this.#say(state === 'ALARM' ? 'alarm' : 'cleared', name, news.reason);
    }
  }

  #hasFired(): boolean {
    return this.#news.some(({ kind, name, state }) => kind === 'alarm' && name === this.#alarm && state === 'ALARM');
  }

  #isPaged(state: 'ALARM' | 'OK'): boolean {
    const last = this.#news.findLast(({ kind, name }) => kind === 'page' && name === this.#incident);
    return last?.state === state;
  }

  #elsewhere(): readonly string[] {
    const fired = this.#news.filter(({ kind, state }) => kind === 'alarm' && state === 'ALARM').map(({ name }) => name);
    const others = fired.filter((name) => name !== this.#incident && !name.endsWith(`-${this.#drill.queue}`));
    return [...new Set(others)];
  }

  #sayRemedy({ by, done, record }: Remedy): void {
    this.#say('remedy', `${by} ${done}`, ...(record === undefined ? [] : [record]));
  }

  /** What became of every job, once all are in a final state; a job that the service does not know is lost. */
  async #ledgerOnceEnded(): Promise<string | undefined> {
    const jobs = await Promise.all(this.#jobs.map((id) => this.#scene.job(id)));
    const lost = jobs.filter((job) => job === undefined).length;
    const known = jobs.filter((job) => job !== undefined);
    if (lost > 0 || !known.every(hasEnded)) return undefined;
    const count = (status: JobDocument['status']) => known.filter((job) => job.status === status).length;
    const ends = (['completed', 'failed', 'cancelled', 'expired'] as const).map(
      (status) => `${count(status)} ${status}`,
    );
    return `${jobs.length} accepted = ${ends.join(' + ')}; lost ${lost}`;
  }

  #say(stage: string, text: string, ...more: readonly string[]): void {
    const seconds = ((performance.now() - this.#startedAt) / 1_000).toFixed(1);
    const head = `${seconds.padStart(6)} s  ${`min ${this.#scene.minute()}`.padEnd(7)} ${stage.padEnd(10)}`;
    this.#options.print(`${head} ${text}`);
    for (const line of more) this.#options.print(`${' '.repeat(head.length)} ${line}`);
  }
}

/** What acts on the drill's alarm. */
export function incidentOf({ alarm, queue }: Pick<Drill, 'alarm' | 'queue'>): string {
  const wanted = severityOf(alarms[alarm], queues[queue].priority);
  return wanted === 'page'
    ? cloudWatchName('local', 'queue_in_trouble', queue)
    : cloudWatchName('local', 'something_to_look_at');
}
