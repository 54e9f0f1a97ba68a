import { setTimeout as sleep } from 'node:timers/promises';
import { JobView } from '../../../shared/catalog/schemas/job.ts';
import { JobEvents, JobList } from '../../../shared/catalog/schemas/job-lists.ts';
import { SubmitAnswer } from '../../../shared/catalog/schemas/submit.ts';
import { repeated } from '../../performance/percentiles.ts';
import { hasEnded } from '../../support/api-client.ts';
import { type AcceptedJob, type Ledger, ledgerOf, type ProviderCalls } from './ledger.ts';
import type { SoakReport } from './soak-cloud.ts';
import { owners, type PlannedJob, planJobs, requestFor } from './soak-plan.ts';
import { SoakedCloud } from './soaked-cloud.ts';
import { readProviders, readSent, upsetProviders } from './soaked-providers.ts';
import { uploadPhoto } from './upload-photo.ts';

const requestsAtOnce = 8;

/**
 * When nothing has ended for so long, what is left is stuck. The longest wait is for the reconciler's first look at an analytics job whose
 * message was never sent, ten minutes after it was accepted.
 */
const patienceMs = 1_200_000;

/**
 * Submits mixed jobs to a cloud in which a share of everything fails, kills the whole cloud twice on the way, and waits until every job has
 * ended. Answers what became of all. Rejects once `stop` is aborted; nothing runs any more then.
 */
export async function runSoak(
  count: number,
  dataFolder: string,
  options: { readonly print: (line: string) => void; readonly stop: AbortSignal },
): Promise<Ledger> {
  const soak = new Soak(count, dataFolder, options.print);
  const stopped = new Promise<never>((_, reject) => {
    options.stop.addEventListener('abort', () => reject(options.stop.reason));
  });
  try {
    return await Promise.race([soak.run(), stopped]);
  } finally {
    await soak.end();
  }
}

class Soak {
  readonly #dataFolder: string;
  readonly #plan: ReturnType<typeof planJobs>;
  readonly #cloud: SoakedCloud;
  readonly #print: (line: string) => void;
  readonly #accepted: AcceptedJob[] = [];
  readonly #cancels: Promise<unknown>[] = [];
  readonly #calls = new Map<string, ProviderCalls>();
  readonly #harms = new Map<string, number>();

  constructor(count: number, dataFolder: string, print: (line: string) => void) {
    this.#dataFolder = dataFolder;
    this.#plan = planJobs(count);
    this.#cloud = new SoakedCloud(dataFolder, (report) => this.#hear(report));
    this.#print = print;
  }

  async run(): Promise<Ledger> {
    upsetProviders(this.#dataFolder);
    await this.#cloud.start();
    const submitted = repeated(this.#plan.length, requestsAtOnce, (index) => this.#submit(index));
    await Promise.all([submitted, this.#killTwice()]);
    await Promise.all(this.#cancels);
    await this.#untilAllHaveEnded();
    await repeated(this.#accepted.length, requestsAtOnce, (index) => this.#countEnds(index));
    const unknown = await this.#unknownJobs();
    await this.#cloud.close('close');
    const { failures, bookings } = readProviders(this.#dataFolder);
    const sent = readSent(this.#dataFolder);
    const ledger = ledgerOf(this.#accepted, { unknown, calls: this.#calls, bookings, sent });
    const harms = [...this.#harms, ['failures of payments and partner', failures], ['whole clouds killed', 2]] as const;
    return { ...ledger, lines: [...harms, ...ledger.lines] };
  }

  /** Kills what is still running. */
  end(): Promise<void> {
    return this.#cloud.close('SIGKILL');
  }

  async #submit(index: number): Promise<void> {
    const planned = this.#plan[index];
    if (!planned) return;
    const { number, kind, owner } = planned;
    const uploadKey = kind.startsWith('photo') ? await uploadPhoto(this.#cloud, owner, kind === 'photo') : '';
    const { path, body } = requestFor(planned, uploadKey);
    const response = await this.#cloud.call(path, { owner, body, key: `soak-${number}` });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`${kind} was answered ${response.status}: ${text}`);
    const { job_id } = SubmitAnswer.parse(JSON.parse(text));
    if (this.#accepted.length % 100 === 99) this.#print(`${this.#accepted.length + 1} jobs were accepted`);
    this.#accepted.push({ number, kind, owner, id: job_id, last: undefined, ends: 0 });
    if (planned.cancelAfter === undefined) return;
    const cancelled = this.#cancel(planned, job_id);
    cancelled.catch(() => {}); // it is waited for later, if nobody stops the soak before
    this.#cancels.push(cancelled);
  }

  async #cancel({ owner, cancelAfter }: Pick<PlannedJob, 'owner' | 'cancelAfter'>, id: string): Promise<void> {
    await sleep(cancelAfter);
    await (await this.#cloud.call(`/jobs/cancel/${id}`, { owner })).text();
  }

  /** SIGKILL after a third and after two thirds of the jobs were accepted, and a start on the same data. */
  async #killTwice(): Promise<void> {
    for (const part of [1 / 3, 2 / 3]) {
      while (this.#accepted.length < this.#plan.length * part) {
        if (this.#cloud.isClosed) return;
        await sleep(20);
      }
      await this.#cloud.kill();
      this.#print(`killed the local cloud after ${this.#accepted.length} jobs`);
      await this.#cloud.start();
    }
  }

  async #untilAllHaveEnded(): Promise<void> {
    let open: readonly AcceptedJob[] = this.#accepted;
    let lastEndAt = Date.now();
    while (open.length > 0 && Date.now() - lastEndAt < patienceMs) {
      const asked = open;
      await repeated(asked.length, requestsAtOnce, (index) => this.#look(asked[index]));
      open = asked.filter(({ last }) => last && !hasEnded(last));
      if (open.length < asked.length) lastEndAt = Date.now();
      this.#print(`${this.#accepted.length - open.length} of ${this.#accepted.length} jobs have ended`);
      if (open.length > 0) await sleep(2_000);
    }
  }

  /** A job that is not there is lost, and stays undefined. */
  async #look(job: AcceptedJob | undefined): Promise<void> {
    if (!job) return;
    const response = await this.#cloud.call(`/jobs/status/${job.id}`, { owner: job.owner, method: 'GET' });
    const body = await response.text();
    job.last = response.status === 200 ? JobView.parse(JSON.parse(body)) : undefined;
  }

  async #countEnds(index: number): Promise<void> {
    const job = this.#accepted[index];
    if (!job?.last) return;
    const response = await this.#cloud.call(`/jobs/events/${job.id}`, { owner: job.owner, method: 'GET' });
    const { events } = JobEvents.parse(await response.json());
    job.ends = events.filter(hasEnded).length;
  }

  /** Jobs in the owners' lists that no answer has named: a submit that was repeated made a second one. */
  async #unknownJobs(): Promise<number> {
    const known = new Set(this.#accepted.map(({ id }) => id));
    let unknown = 0;
    for (const owner of owners) {
      let query: string | undefined = '';
      while (query !== undefined) {
        const response = await this.#cloud.call(`/jobs/recent?limit=100${query}`, { owner, method: 'GET' });
        const { jobs, next_cursor } = JobList.parse(await response.json());
        unknown += jobs.filter(({ job_id }) => !known.has(job_id)).length;
        query = next_cursor && `&cursor=${encodeURIComponent(next_cursor)}`;
      }
    }
    return unknown;
  }

  #hear(report: SoakReport): void {
    if (report.kind === 'harm') this.#harms.set(report.what, (this.#harms.get(report.what) ?? 0) + 1);
    if (report.kind !== 'carried_out' && report.kind !== 'unheard') return;
    const calls = this.#calls.get(report.job) ?? { carriedOut: 0, unheard: 0 };
    calls[report.kind === 'unheard' ? 'unheard' : 'carriedOut'] += 1;
    this.#calls.set(report.job, calls);
  }
}
