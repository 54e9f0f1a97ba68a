import type { JobDocument } from '../../support/api-client.ts';
import { endsByDesign, type PlannedJob, recipientsOf } from './soak-plan.ts';
import type { BookingEffects } from './soaked-providers.ts';

/** What became of one accepted job. */
export interface AcceptedJob extends Pick<PlannedJob, 'number' | 'kind' | 'owner'> {
  readonly id: string;
  /** As its owner read it last; undefined if the service does not know it. */
  last: Pick<JobDocument, 'status' | 'attempt' | 'degraded' | 'error'> | undefined;
  /** How often it ended, by its events. */
  ends: number;
}

/** What the model or the voice was asked for one job. */
export interface ProviderCalls {
  carriedOut: number;
  /** Of these, those of which the worker heard nothing good, and which it may make again. */
  unheard: number;
}

/** What was counted outside the jobs' own records. */
export interface Counted {
  /** Jobs in the owners' lists that nobody submitted. */
  readonly unknown: number;
  /** By number of the planned job. */
  readonly calls: ReadonlyMap<string, ProviderCalls>;
  /** By id of the job. */
  readonly bookings: ReadonlyMap<string, BookingEffects>;
  /** How often something was sent, by mailbox or device. */
  readonly sent: ReadonlyMap<string, number>;
}

export interface Ledger {
  readonly lines: readonly (readonly [what: string, count: number | string])[];
  /** A sentence for each promise that was broken. */
  readonly broken: readonly string[];
}

/** Of the jobs that could complete, at least this share must. */
const leastCompletion = 0.9999;

/** Adds up what was accepted and what came of it. */
export function ledgerOf(jobs: readonly AcceptedJob[], { unknown, calls, bookings, sent }: Counted): Ledger {
  const by = (status: JobDocument['status']) => jobs.filter(({ last }) => last?.status === status);
  const [completed, failed, cancelled, expired] = [by('completed'), by('failed'), by('cancelled'), by('expired')];
  const ended = [...completed, ...failed, ...cancelled, ...expired];
  const lost = jobs.filter(({ last }) => last === undefined);
  const stuck = jobs.filter((job) => job.last && !ended.includes(job));
  const otherwise = ended.filter((job) => job.last?.status !== 'completed' && !isByDesign(job));
  const endedTwice = jobs.filter(({ ends }) => ends > 1);
  const doneTwice = jobs.filter((job) => hasTooManyCalls(job, calls.get(job.number)));
  const wronglyBooked = jobs.filter((job) => isBooking(job) && !isBookedRight(job, bookings.get(job.id)));
  const sentTwice = jobs.filter((job) => recipientsOf(job.number).some((recipient) => (sent.get(recipient) ?? 0) > 1));
  const possible = completed.length + otherwise.length + lost.length + stuck.length;
  const completion = `${(possible === 0 ? 100 : (completed.length / possible) * 100).toFixed(3)} %`;
  const captures = [...bookings.values()].reduce((sum, { taken }) => sum + taken, 0);
  const byDesign = (ones: readonly AcceptedJob[]) => ones.filter(isByDesign).length;
  const promises = [
    ['lost', lost],
    ['stuck', stuck],
    ['ended twice', endedTwice],
    ['effects made twice', doneTwice],
    ['bookings not paid and reserved as they ended', wronglyBooked],
    ['notifications sent twice to somebody', sentTwice],
  ] as const;
  return {
    lines: [
      ['accepted', jobs.length],
      ['completed', completed.length],
      ['  of these, degraded', completed.filter(({ last }) => last?.degraded).length],
      ['failed by design', byDesign(failed)],
      ['cancelled by their owner', byDesign(cancelled)],
      ['expired by design', byDesign(expired)],
      ['ended otherwise', otherwise.length],
      ...promises.map(([what, wrong]) => [what, wrong.length] as const),
      ['accepted twice', unknown],
      ['bookings completed', completed.filter(isBooking).length],
      ['captures at the payment provider', captures],
      ['notifications completed', completed.filter(({ kind }) => kind === 'notification').length],
      [
        'pushes and mails sent for them',
        jobs.flatMap(({ number }) => recipientsOf(number)).reduce((sum, one) => sum + (sent.get(one) ?? 0), 0),
      ],
      ['completion of those that could', completion],
    ],
    broken: [
      ...promises.filter(([, wrong]) => wrong.length > 0).map(([what, wrong]) => `${what}: ${wrong.length}`),
      ...(unknown > 0 ? [`accepted twice: ${unknown}`] : []),
      ...(possible > 0 && completed.length / possible < leastCompletion ? [`completed: only ${completion}`] : []),
      ...new Set([...otherwise, ...promises.flatMap(([, wrong]) => wrong)].map(described)),
    ],
  };
}

function described({ id, kind, last, ends }: AcceptedJob): string {
  return `  ${id} (${kind}): ${last?.status ?? 'unknown'}, ${last?.error?.code ?? 'no error'}, attempt ${last?.attempt}, ${ends} ends`;
}

function isByDesign({ kind, last }: AcceptedJob): boolean {
  return last !== undefined && endsByDesign(kind).includes(last.status);
}

function isBooking({ kind }: AcceptedJob): boolean {
  return kind.includes('booking');
}

/** A completed booking is paid and reserved once; of any other nothing is left, not even a hold. */
function isBookedRight({ last }: AcceptedJob, { taken, held, reserved } = { taken: 0, held: 0, reserved: 0 }): boolean {
  const wanted = last?.status === 'completed' ? 1 : 0;
  return taken === wanted && reserved === wanted && held === 0;
}

/** An attempt asks the model once, and the voice of a short text twice: for the sound and for the times of its words. */
function hasTooManyCalls({ kind, last }: AcceptedJob, calls: ProviderCalls | undefined): boolean {
  if (!last || !calls) return false;
  const perAttempt = kind === 'narration' || kind === 'late job' ? 2 : 1;
  return calls.carriedOut > last.attempt * perAttempt + calls.unheard;
}
