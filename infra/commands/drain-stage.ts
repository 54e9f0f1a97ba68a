import type { Clock } from '../../shared/client/platform.ts';
import { throwIfAborted, wait } from '../../shared/client/wait.ts';
import { CommandError } from './command-line.ts';
import { type QueueNow, RefusedError, type StageQueues, type Turn } from './stage-queues.ts';

export interface DrainOptions {
  /** For how long every look must find nothing in flight, seconds. */
  readonly quietSeconds: number;
  /** Seconds, from the first pause. */
  readonly timeoutSeconds: number;
  readonly clock: Clock;
  /** Stops the draining: then this rejects with AbortError once it has resumed what it paused. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

interface Run extends DrainOptions {
  readonly stage: StageQueues;
  readonly startedAt: number;
  readonly show: (what: string) => void;
}

interface TimeLimit {
  readonly startedAt: number;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
}

const secondsBetweenLooks = 3;
const longestSilenceSeconds = 10;
/** How long it may take to put one queue back, seconds. */
const resumeSeconds = 60;

/**
 * Pauses every queue and resolves, with how they are then, once every consumer is paused and nothing has been in flight for the quiet time.
 * Otherwise rejects, and has then resumed the queues that this run paused, as far as the API let it. A queue that was paused before stays
 * paused; it is asked for too, so that no remediation resumes it in the meantime.
 */
export async function drainStage(stage: StageQueues, options: DrainOptions): Promise<readonly QueueNow[]> {
  const before = await stage.look(options.signal);
  const run = begin(stage, options);
  const paused: string[] = [];
  try {
    for (const { queue, consumer } of before.toReversed()) {
      const wasPaused = consumer === 'paused' || consumer === 'pausing';
      run.show(wasPaused ? `${queue} was paused before, and stays so` : `pausing ${queue}`);
      if (!wasPaused) paused.push(queue);
      await turn(run, queue, 'pause', run).catch((error: unknown) => {
        if (!wasPaused && error instanceof RefusedError) paused.pop();
        throw error;
      });
    }
    return await untilQuiet(run);
  } catch (error) {
    if (paused.length > 0) await putBack(run, paused.toReversed());
    throw error;
  }
}

/** Resumes every queue that does not run, whoever paused it, and resolves with their names once all consumers run. */
export async function resumeStage(stage: StageQueues, options: DrainOptions): Promise<readonly string[]> {
  const stopped = (await stage.look(options.signal)).filter(({ consumer }) => consumer !== 'running');
  const run = begin(stage, options);
  for (const { queue } of stopped) {
    run.show(`resuming ${queue}`);
    await turn(run, queue, 'resume', run);
  }
  for (;;) {
    const starting = (await stage.look(options.signal)).filter(({ consumer }) => consumer !== 'running');
    if (starting.length === 0) return stopped.map(({ queue }) => queue);
    const what = `not running yet: ${listed(starting, ({ queue, consumer }) => `${queue} (${consumer})`)}`;
    run.show(what);
    await nextLook(run, what);
  }
}

function begin(stage: StageQueues, options: DrainOptions): Run {
  const startedAt = options.clock.now();
  return { ...options, stage, startedAt, show: progressLines(options, startedAt) };
}

/** Prints what has changed, and what has not every few seconds. */
function progressLines({ clock, print }: DrainOptions, startedAt: number): (what: string) => void {
  let last = { what: '', at: startedAt };
  return (what) => {
    const at = clock.now();
    if (what === last.what && at - last.at < longestSilenceSeconds * 1_000) return;
    last = { what, at };
    print(`${String(Math.floor((at - startedAt) / 1_000)).padStart(4)} s  ${what}`);
  };
}

async function untilQuiet(run: Run): Promise<readonly QueueNow[]> {
  const { stage, clock, quietSeconds, signal } = run;
  const seenPaused = new Set<string>();
  let quietSince: number | undefined;
  for (;;) {
    const queues = await stage.look(signal);
    noteStates(queues, seenPaused);
    const busy = queues.filter(({ consumer, in_flight }) => consumer !== 'paused' || in_flight > 0);
    const now = clock.now();
    quietSince = busy.length > 0 ? undefined : (quietSince ?? now);
    if (quietSince !== undefined && now - quietSince >= quietSeconds * 1_000) return queues;
    const what = busy.length > 0 ? busyText(busy) : `nothing in flight; it must stay so for ${quietSeconds} s`;
    run.show(what);
    await nextLook(run, what);
  }
}

/** A queue that was paused and no longer is has been resumed by somebody who had a reason: that is for people to settle. */
function noteStates(queues: readonly QueueNow[], seenPaused: Set<string>): void {
  for (const { queue, consumer } of queues) {
    if (consumer === 'paused') seenPaused.add(queue);
    else if (seenPaused.has(queue)) {
      throw new CommandError(`Not drained: ${queue} was paused and is ${consumer} now; somebody has resumed it.`);
    }
  }
}

function busyText(busy: readonly QueueNow[]): string {
  const running = busy.filter(({ in_flight }) => in_flight > 0);
  const unpaused = busy.filter(({ consumer }) => consumer !== 'paused');
  const parts = [
    running.length > 0 && `in flight: ${listed(running, ({ queue, in_flight }) => `${queue} ${in_flight}`)}`,
    unpaused.length > 0 && `not paused yet: ${listed(unpaused, ({ queue, consumer }) => `${queue} (${consumer})`)}`,
  ];
  return parts.filter((part) => part !== false).join('; ');
}

function listed(queues: readonly QueueNow[], text: (queue: QueueNow) => string): string {
  return queues.map(text).join(', ');
}

async function nextLook(run: Run, what: string): Promise<void> {
  const { clock, startedAt, timeoutSeconds, signal } = run;
  if (clock.now() - startedAt >= timeoutSeconds * 1_000) throw new CommandError(timeoutText(timeoutSeconds, what));
  await wait(clock, secondsBetweenLooks, signal);
}

/**
 * Asks until the consumer is not being changed by anybody else, at most until the time is over. A request is not broken off: a pause that is
 * carried out after its resumption would last.
 */
async function turn({ stage, clock, show }: Run, queue: string, to: Turn, limit: TimeLimit): Promise<void> {
  const { startedAt, timeoutSeconds, signal } = limit;
  throwIfAborted(signal);
  for (;;) {
    const outcome = await stage.turn(queue, to);
    throwIfAborted(signal);
    if (outcome === 'done') return;
    const what = `the consumer of ${queue} is being changed`;
    const nextAt = clock.now() + outcome.retryAfter * 1_000;
    if (nextAt > startedAt + timeoutSeconds * 1_000) throw new CommandError(timeoutText(timeoutSeconds, what));
    show(`${what}; asked again in ${outcome.retryAfter} s`);
    await wait(clock, outcome.retryAfter, signal);
  }
}

function timeoutText(seconds: number, what: string): string {
  return `Not done within ${seconds} s: ${what}.`;
}

/** Goes on with the others when one cannot be resumed. */
async function putBack(run: Run, queues: readonly string[]): Promise<void> {
  run.print(`Resuming what this run has paused: ${queues.join(', ')}`);
  const left: string[] = [];
  for (const queue of queues) {
    const limit = { startedAt: run.clock.now(), timeoutSeconds: resumeSeconds };
    await turn(run, queue, 'resume', limit).catch((error: unknown) => {
      left.push(queue);
      run.print(`${queue} is not resumed: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  run.print(left.length === 0 ? 'All of them are resumed.' : `Perhaps paused still: ${left.join(', ')}. Use --resume.`);
}
