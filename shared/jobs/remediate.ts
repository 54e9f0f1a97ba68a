import { upstreamFailures } from '../catalog/failures.ts';
import type { QueueName } from '../catalog/queues.ts';
import { remedialRedrive } from '../catalog/remediations.ts';
import { raiseOf } from '../domain/raises.ts';
import {
  type AlarmNotice,
  type RemediationStore,
  type Remedy,
  remedyFor,
  takenOn,
  type WantedRemedy,
  withoutPause,
} from '../domain/remediation.ts';
import { changeRemediation } from './change-remediation.ts';
import { findReadable } from './find-readable.ts';
import { putBack, type RaisePorts } from './raise-concurrency.ts';
import { type RedrivePorts, redriveJobs } from './redrive-jobs.ts';

export interface RemediationPorts extends RedrivePorts, RaisePorts {
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
}

/** Who acts, for the log. */
const operator = 'remediation';

/**
 * Does what the catalog says of the alarm, at most once a notice and within the bounds of the hour, and tells the log what it did or why
 * nothing. Rejects when AWS does not answer; nothing is then repeated by itself but the end of a pause or a raise.
 */
export async function remediate(notice: AlarmNotice, ports: RemediationPorts): Promise<void> {
  const remedy = await takeOn(notice, ports);
  ports.telemetry.note('remediation', { operator, ...notice, dry_run: ports.dryRun, ...remedy });
  if (ports.dryRun || remedy.kind === 'none') return;
  if (remedy.kind === 'pause') await ports.consumers.turn(remedy.queue, 'off');
  if (remedy.kind === 'resume') await endPause(remedy.queue, ports);
  if (remedy.kind === 'redrive') await redriveRecent(remedy.queue, ports);
  if (remedy.kind === 'raise') await ports.consumers.limit(remedy.queue, remedy.concurrency);
  if (remedy.kind === 'put_back') await putBack(remedy.queue, ports);
}

/** Ends the pauses whose time is over. One that cannot be ended at this moment is left to the next run. */
export async function endPauses(ports: RemediationPorts): Promise<void> {
  const { pauses } = await ports.remediations.read();
  for (const { queue, until } of pauses) {
    if (until > ports.now()) continue;
    await endPause(queue, ports);
    ports.telemetry.note('remediation', { operator, kind: 'resume', queue, why: 'time_over' });
  }
}

/** A pause of ours is no more: it was ended, or an operator has paused or resumed the queue, which is theirs from then on. */
export async function forgetPause(queue: QueueName, store: RemediationStore): Promise<void> {
  await changeRemediation(store, (state) =>
    state.pauses.some((pause) => pause.queue === queue) ? withoutPause(queue, state) : undefined,
  );
}

/** The remedy, written down before it is carried out. */
async function takeOn(notice: AlarmNotice, ports: RemediationPorts): Promise<Remedy> {
  let remedy: Remedy = { kind: 'none', why: 'nothing_to_do' };
  await changeRemediation(ports.remediations, async (state) => {
    remedy = await possible(remedyFor(notice, state, ports.now()), ports);
    if (ports.dryRun || remedy.kind === 'none' || remedy.kind === 'resume') return undefined;
    return takenOn(remedy, notice, state, ports.now());
  });
  return remedy;
}

/** A queue that somebody has paused already is theirs to resume, and a raise is the stage's to bound. */
async function possible(remedy: WantedRemedy, { consumers, concurrency, now }: RemediationPorts): Promise<Remedy> {
  if (remedy.kind === 'raise') {
    const { queue } = remedy;
    return raiseOf(queue, await consumers.read(queue), concurrency[queue].most, now());
  }
  if (remedy.kind !== 'pause') return remedy;
  const { state } = await consumers.read(remedy.queue);
  return state === 'running' ? remedy : { kind: 'none', why: 'nothing_to_do' };
}

async function endPause(queue: QueueName, { consumers, remediations }: RemediationPorts): Promise<void> {
  const ended = await consumers.turn(queue, 'on');
  if (ended) await forgetPause(queue, remediations);
}

async function redriveRecent(queue: QueueName, ports: RemediationPorts): Promise<void> {
  const { jobsAtMost, perSecond, failedWithinMinutes } = remedialRedrive;
  const until = ports.now() + (jobsAtMost / perSecond + 5) * 1_000;
  const ids: string[] = [];
  const from = ports.now() - failedWithinMinutes * 60_000;
  for await (const { id } of ports.store.deadLetters(queue, 'oldest_first', from)) {
    if (ids.length === jobsAtMost || ports.now() >= until) break;
    const job = await findReadable(id, 'strong', ports.store);
    if (job?.dead === queue && upstreamFailures.has(job.error?.code ?? '')) ids.push(id);
  }
  const outcomes = await redriveJobs({ ids, dryRun: false, ratePerSecond: perSecond, until, operator }, ports);
  ports.telemetry.note('dead_letters_redriven', { operator, queue, dry_run: false, outcomes });
}
