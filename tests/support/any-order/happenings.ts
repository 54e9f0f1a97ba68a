import fc from 'fast-check';
import { idempotencySeconds } from '../../../shared/catalog/problems.ts';
import { isFinal } from '../../../shared/domain/job.ts';
import {
  brokenAtRest,
  brokenByActs,
  brokenByCount,
  brokenBySight,
  type JobModel,
  newJob,
  revived,
  type SeenJob,
} from './job-model.ts';
import { type JobSystem, kinds, routeOf, type Submission, troubles } from './job-system.ts';

/** One thing that happens. It skips itself when there is nothing it could happen to. */
export type Happening<S extends JobSystem> = fc.AsyncCommand<JobModel, S>;

/** Makes a happening; rejects when the job whose id `run` answers has broken a promise. */
export function happening<S extends JobSystem>(
  name: string,
  run: (system: S, model: JobModel) => Promise<unknown>,
): Happening<S> {
  return {
    check: () => true,
    run: async (model, system) => {
      const id = await run(system, model);
      if (typeof id === 'string') await look(id, system, model);
    },
    toString: () => name,
  };
}

/** The item at an index that is taken modulo the length. */
export function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(1, items.length)];
}

/** Seconds that submissions may ask for; more often given is more often chosen. */
export interface Times {
  readonly delays: readonly number[];
  readonly expiries: readonly (number | undefined)[];
}

const index = fc.nat(30);

/** What can happen to any system that does the jobs, however it does them. */
export function happenings({ delays, expiries }: Times): {
  readonly submits: fc.Arbitrary<Happening<JobSystem>>;
  readonly others: readonly fc.Arbitrary<Happening<JobSystem>>[];
} {
  const submissions = fc.record({
    kind: fc.constantFrom(...kinds),
    priority: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined, freq: 2 }),
    delay: fc.constantFrom(...delays),
    expiresIn: fc.constantFrom(...expiries),
    key: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  });
  const submits = submissions
    .map(asPossible)
    .map((submission) =>
      happening(`submit ${JSON.stringify(submission)}`, (system, model) => submit(submission, system, model)),
    );
  const others = [
    onJob('cancel', cancel),
    onJob('retry', (id, system, model) => revive(id, 'owner', system, model)),
    onJob('redrive', (id, system, model) => revive(id, 'operator', system, model)),
    fc.constant(happening('the next message comes twice', async (system) => system.sendTwice())),
    disturbing(
      index,
      (at) => `deliver message ${at} again`,
      (at, system) => system.deliverAgain(at),
    ),
    disturbing(
      index,
      (at) => `dead-letter message ${at}`,
      (at, system) => system.bury(at),
    ),
    disturbing(
      fc.tuple(index, fc.constantFrom(...troubles)),
      ([at, trouble]) => `${trouble} trouble for job ${at}`,
      async ([at, trouble], system) => withJob(at, system, (id) => system.upset(id, trouble)),
    ),
    disturbing(
      fc.tuple(index, fc.integer({ min: 1, max: 14 })),
      ([at, call]) => `the worker of job ${at} dies at its call ${call} of the database`,
      async ([at, call], system) => withJob(at, system, (id) => system.killWorker(id, call)),
    ),
    fc.constant(happening('reconcile', (system) => system.reconcile())),
    disturbing(
      fc.constant(undefined),
      () => 'restart everything',
      (_, system) => system.restart(),
    ),
  ];
  return { submits, others };
}

/** A probe has no options, and no key. Nothing that must have ended by a time may be asked to wait for as long. */
function asPossible(submission: Submission): Submission {
  const { kind, delay, expiresIn } = submission;
  if (kind === 'probe') return { kind, delay: 0 };
  return { ...submission, delay: expiresIn !== undefined && expiresIn <= delay ? 0 : delay };
}

/** Waits until every job has ended, and rejects if any promise was broken. Answers how the jobs ended. */
export async function settled(system: JobSystem, model: JobModel): Promise<readonly SeenJob[]> {
  await system.settle();
  return Promise.all(system.ids().map((id) => lookAtEnd(id, system, model)));
}

async function lookAtEnd(id: string, system: JobSystem, model: JobModel): Promise<SeenJob> {
  const now = await look(id, system, model);
  const job = model.jobs.get(id) ?? newJob(id, { child: true });
  const children = await system.childrenOf(id);
  check([...brokenAtRest(model, job, now), ...(children ? brokenByCount(now, children) : [])]);
  return now;
}

/** Sees the job, checks it against what was promised, and keeps what was seen. */
async function look(id: string, system: JobSystem, model: JobModel): Promise<SeenJob> {
  const known = () => model.jobs.get(id) ?? newJob(id, { child: true });
  const now = await system.see(id);
  check(brokenBySight(known(), now));
  const done = await system.doneFor(id);
  // What was done is read after the status: it may have gone on meanwhile, unless the job had ended.
  const then = isFinal(now.status) ? now : await system.see(id);
  check([...brokenBySight(known(), then), ...brokenByActs(known(), isFinal(now.status) ? now : unended(then), done)]);
  model.jobs.set(id, { ...known(), last: then });
  return then;
}

/** A job that ended between two looks is not judged by its acts yet: they were read before its end. */
function unended(seen: SeenJob): SeenJob {
  return isFinal(seen.status) ? { ...seen, status: 'processing' } : seen;
}

async function submit(submission: Submission, system: JobSystem, model: JobModel): Promise<string | undefined> {
  const { kind, key, expiresIn } = submission;
  const name = key === undefined ? undefined : `${routeOf(kind)} ${key}`;
  const at = system.now();
  const kept = name === undefined ? undefined : model.keys.get(name);
  const known = kept && at < kept.at + idempotencySeconds * 1_000 ? kept : undefined;
  const asked = JSON.stringify(submission);
  const answer = await system.submit(submission);
  if (answer.kind === 'unanswered') return undefined;
  if (known) {
    const expected = known.asked === asked ? { kind: 'accepted', id: known.id } : { kind: 'refused' };
    check(isSame(expected, answer) ? [] : [`the key ${key} stands for ${known.id}: ${JSON.stringify(answer)}`]);
    return known.id;
  }
  if (answer.kind === 'refused') throw new Error(`A submission was refused: ${asked}`);
  check(model.jobs.has(answer.id) ? [`${answer.id} was there before it was submitted`] : []);
  model.jobs.set(answer.id, newJob(answer.id, { expires: expiresIn !== undefined }));
  if (name !== undefined) model.keys.set(name, { asked, id: answer.id, at });
  return answer.id;
}

async function cancel(id: string, system: JobSystem, model: JobModel): Promise<void> {
  const job = { ...(model.jobs.get(id) ?? newJob(id, { child: true })), cancelAsked: true };
  const cancelSaid = await system.cancel(id);
  if (cancelSaid === undefined) return void model.jobs.set(id, withoutAnswer(job));
  const doneAtCancel = cancelSaid === 'cancelled' ? (job.doneAtCancel ?? (await system.doneFor(id))) : undefined;
  model.jobs.set(id, { ...job, cancelSaid, ...(doneAtCancel && { doneAtCancel }) });
}

/** A cancel that nobody answered may be carried out or not. */
function withoutAnswer<T extends { readonly cancelSaid?: unknown }>({
  cancelSaid: _,
  ...job
}: T): Omit<T, 'cancelSaid'> {
  return job;
}

async function revive(id: string, by: 'owner' | 'operator', system: JobSystem, model: JobModel): Promise<void> {
  if (!(await system.revive(id, by))) return;
  const job = model.jobs.get(id) ?? newJob(id, { child: true });
  check(job.child ? [`${id}: a child was given another life`] : []);
  model.jobs.set(id, revived(job));
}

type OnJob = (id: string, system: JobSystem, model: JobModel) => Promise<void>;

function onJob(what: string, act: OnJob): fc.Arbitrary<Happening<JobSystem>> {
  return index.map((at) =>
    happening(`${what} job ${at}`, async (system, model) => {
      const id = pick(system.ids(), at);
      if (id !== undefined) await act(id, system, model);
      return id;
    }),
  );
}

function disturbing<T>(
  what: fc.Arbitrary<T>,
  name: (value: T) => string,
  run: (value: T, system: JobSystem) => Promise<void>,
): fc.Arbitrary<Happening<JobSystem>> {
  return what.map((value) =>
    happening(name(value), async (system, model) => {
      model.disturbed = true;
      await run(value, system);
    }),
  );
}

function withJob(at: number, system: JobSystem, act: (id: string) => void): void {
  const id = pick(system.ids(), at);
  if (id !== undefined) act(id);
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function check(broken: readonly string[]): void {
  if (broken.length > 0) throw new Error(broken.join('\n'));
}
