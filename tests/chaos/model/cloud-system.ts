import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Call } from '../../../infra/local/faults/call.ts';
import { deliverTwice } from '../../../infra/local/faults/sqs-faults.ts';
import { BatchView } from '../../../shared/catalog/schemas/batch-view.ts';
import { JobEvents } from '../../../shared/catalog/schemas/job-lists.ts';
import { RedriveAnswer } from '../../../shared/catalog/schemas/operate.ts';
import { SubmitAnswer as SubmitDocument } from '../../../shared/catalog/schemas/submit.ts';
import type { JobStatus } from '../../../shared/domain/job.ts';
import { pick } from '../../support/any-order/happenings.ts';
import type { CancelAnswer, DoneOutside, SeenJob } from '../../support/any-order/job-model.ts';
import type { JobSystem, Kind, Submission, SubmitAnswer, Trouble } from '../../support/any-order/job-system.ts';
import { hasEnded, type JobDocument, readJob } from '../../support/api-client.ts';
import type { CallOptions } from '../../support/local-cloud.ts';
import { Harm } from './harm.ts';
import type { ModelledCloud } from './modelled-cloud.ts';
import { requestFor } from './submissions.ts';

interface Submitted {
  readonly kind: Kind;
  /** What it is called in everything that others are asked for it. */
  readonly name: string;
}

/** When nothing has changed for so long at first, milliseconds, and something should have, whoever worked for the jobs is dead. */
const quietMs = 1_500;

/** When nothing has changed for so long, milliseconds, what is left is stuck: the longest wait of these jobs for another attempt is a minute. */
const patienceMs = 120_000;

/** The whole service on this machine as one owner uses it, with everything that can happen to it as a method. */
export class CloudSystem implements JobSystem {
  readonly #cloud: ModelledCloud;
  readonly #owner: string;
  readonly #jobs = new Map<string, Submitted>();
  readonly #harm: Harm;
  readonly #firstMessage: number;
  #unnamed = 0;

  /** `owner` is one whom the cloud has never seen. */
  constructor(cloud: ModelledCloud, owner: string) {
    this.#cloud = cloud;
    this.#owner = owner;
    this.#harm = new Harm(cloud);
    this.#firstMessage = cloud.messagesSent.length;
  }

  now(): number {
    return Date.now();
  }

  ids(): readonly string[] {
    return [...this.#jobs.keys()];
  }

  async submit(submission: Submission): Promise<SubmitAnswer> {
    const { kind, key } = submission;
    this.#unnamed += key === undefined ? 1 : 0;
    const name = `${this.#owner}-${kind.replaceAll(' ', '-')}-${key ?? String(this.#unnamed).padStart(2, '0')}`;
    const { path, scope, body, key: header } = requestFor(submission, name);
    const headers = header !== undefined && { headers: { 'idempotency-key': header } };
    const response = await this.#call(path, { scope, body, ...headers });
    if (response.status === 422 || response.status === 409) return { kind: 'refused' };
    if (response.status !== 202) throw await unexpected(path, response);
    const { job_id: id } = SubmitDocument.parse(await response.json());
    this.#jobs.set(id, { kind, name });
    return { kind: 'accepted', id };
  }

  async cancel(id: string): Promise<CancelAnswer> {
    const response = await this.#call(`/jobs/cancel/${id}`, { method: 'POST' });
    const said = cancelAnswers.get(response.status);
    if (said === undefined) throw await unexpected('cancel', response);
    return said;
  }

  async revive(id: string, by: 'owner' | 'operator'): Promise<boolean> {
    if (by === 'operator') {
      const body = { job_ids: [id], dry_run: false };
      const response = await this.#call('/ops/dead-letters/redrive', { scope: 'ops:write', body });
      if (response.status !== 200) throw await unexpected('redrive', response);
      return RedriveAnswer.parse(await response.json()).outcomes.some(({ outcome }) => outcome === 'redriven');
    }
    const response = await this.#call(`/jobs/retry/${id}`, { method: 'POST' });
    if (response.status === 202 || response.status === 409) return response.status === 202;
    throw await unexpected('retry', response);
  }

  sendTwice(): void {
    const fault = deliverTwice(this.#unnamed % 2);
    this.#cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', times: 1, fault });
  }

  async deliverAgain(message: number): Promise<void> {
    const sent = pick(this.#messages(), message);
    if (sent) await this.#cloud.faults.repeat(sent);
  }

  async bury(message: number): Promise<void> {
    const sent = pick(this.#messages(), message);
    if (sent) await this.#cloud.invoke('bury-job', deadLetter(sent));
  }

  upset(id: string, trouble: Trouble): void {
    const job = this.#jobs.get(id);
    if (job) this.#harm.upset(job.kind, job.name, trouble);
  }

  killWorker(id: string, call: number): void {
    this.#harm.killWorker(id, call);
  }

  async reconcile(): Promise<void> {
    await this.#cloud.invoke('reconcile-jobs', {});
  }

  async restart(): Promise<void> {
    const restartedAt = Date.now();
    await this.#harm.killWorkers();
    await this.#cloud.recover(restartedAt);
  }

  async see(id: string): Promise<SeenJob> {
    const [response, job] = await Promise.all([this.#call(`/jobs/events/${id}`), this.#read(id)]);
    const { events, last_seq } = JobEvents.parse(await response.json());
    const { status, attempt, progress, counts } = job;
    return {
      id,
      status,
      attempt,
      progress,
      seq: last_seq,
      ends: events.filter(hasEnded).length,
      ...(counts && { counts }),
    };
  }

  /** Waits until the job is seen to go on, or has ended, or has not gone on for as long as a quiet worker may take. */
  async untilMoved(id: string): Promise<void> {
    const before = await this.see(id);
    const giveUpAt = Date.now() + quietMs;
    for (let now = before; now.seq === before.seq && !hasEnded(now) && Date.now() < giveUpAt; ) {
      await sleep(20);
      now = await this.see(id);
    }
  }

  async doneFor(id: string): Promise<DoneOutside> {
    const job = this.#jobs.get(id);
    return job ? this.#cloud.doneFor(id, job.kind, job.name) : { asked: 0, acts: {}, allOrNothing: false };
  }

  async childrenOf(id: string): Promise<readonly JobStatus[] | undefined> {
    if (this.#jobs.get(id)?.kind !== 'batch') return undefined;
    const response = await this.#call(`/jobs/batch/status/${id}`);
    const { children } = BatchView.parse(await response.json());
    const made = children.filter(({ status }) => status !== 'planned');
    return Promise.all(made.map(async ({ job_id }) => (await this.#read(job_id)).status));
  }

  async settle(): Promise<void> {
    this.#harm.end();
    let seen = '';
    let changedAt = Date.now();
    let restartedAt = Date.now();
    let patience = quietMs;
    for (;;) {
      const open = (await Promise.all(this.ids().map((id) => this.#read(id)))).filter((job) => !hasEnded(job));
      if (open.length === 0) return;
      const now = JSON.stringify(open.map(({ job_id, updated_at }) => [job_id, updated_at]));
      if (now !== seen) changedAt = Date.now();
      seen = now;
      if (Date.now() - changedAt > patienceMs) throw new Error(`never ended: ${JSON.stringify(open, null, 1)}`);
      const isQuiet = Date.now() - Math.max(changedAt, restartedAt) > patience;
      if (isQuiet && this.#harm.hasKilled && open.some(shouldGoOn)) {
        await this.restart();
        restartedAt = Date.now();
        patience *= 2; // a machine so slow that new workers have not begun yet must not lose them again and again
      }
      await sleep(25);
    }
  }

  #messages(): readonly Call[] {
    return this.#cloud.messagesSent.slice(this.#firstMessage);
  }

  #read(id: string): Promise<JobDocument> {
    return readJob(this.#cloud, id, this.#owner);
  }

  #call(path: string, options: CallOptions = {}): Promise<Response> {
    return this.#cloud.call(path, { owner: this.#owner, ...options });
  }
}

const cancelAnswers: ReadonlyMap<number, CancelAnswer> = new Map([
  [200, 'cancelled'],
  [202, 'requested'],
  [409, 'too_late'],
]);

/** Whether nothing keeps the job from being worked on at this moment. */
function shouldGoOn({ next_attempt_at }: JobDocument): boolean {
  return next_attempt_at === undefined || Date.parse(next_attempt_at) < Date.now();
}

const SendMessage = z.object({ MessageBody: z.string() });

let deadLetters = 0;

/** What Lambda hands to the function behind a dead-letter queue. */
function deadLetter({ request }: Call) {
  deadLetters += 1;
  const { MessageBody: body } = SendMessage.parse(JSON.parse(request.body.toString()));
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) };
  const eventSourceARN = 'arn:aws:sqs:us-east-1:000000000000:some-dead-letters';
  return { Records: [{ messageId: `dead-letter-${deadLetters}`, body, attributes, eventSourceARN }] };
}

async function unexpected(what: string, response: Response): Promise<Error> {
  return new Error(`${what} was answered ${response.status}: ${await response.text()}`);
}
