import type { QueueNow, StageQueues, Turn } from '../../infra/commands/stage-queues.ts';
import type { Clock } from '../../shared/client/platform.ts';

export interface ScriptedQueue {
  readonly queue: string;
  readonly consumer?: QueueNow['consumer'];
  /** When the jobs that run end, seconds from the start. */
  readonly jobsEnd?: readonly number[];
  /** Until when somebody else changes the consumer, seconds from the start. */
  readonly changingUntil?: number;
}

/** Seconds that a consumer takes to stop or start. */
const changeSeconds = 2;

/**
 * The queues of a stage that exists only here, on a clock that leaps to whatever is waited for next. `beforeLook` may change things, or stop the
 * command, at a moment of the test's choice.
 */
export function scriptedStage(scripted: readonly ScriptedQueue[]) {
  let seconds = 0;
  const queues = scripted.map(({ queue, consumer = 'running', jobsEnd = [], changingUntil = 0 }) => ({
    queue,
    consumer,
    settlesAt: 0,
    jobsEnd: [...jobsEnd],
    changingUntil,
  }));
  const turns: { readonly queue: string; readonly to: Turn; readonly at: number }[] = [];
  const clock: Clock = {
    now: () => seconds * 1_000,
    after(milliseconds, callback) {
      const soon = setImmediate(() => {
        seconds += milliseconds / 1_000;
        callback();
      });
      return () => clearImmediate(soon);
    },
  };
  const found = (name: string) => {
    const queue = queues.find((each) => each.queue === name);
    if (queue === undefined) throw new Error(`There is no queue ${name}`);
    return queue;
  };
  const script = {
    turns,
    clock,
    seconds: () => seconds,
    beforeLook: (_look: number): void => {},
    beforeTurn: (_queue: string, _to: Turn): void => {},
    found,
    states: () => Object.fromEntries(queues.map(({ queue, consumer }) => [queue, consumer])),
  };
  let looks = 0;
  const stage: StageQueues = {
    async look() {
      looks += 1;
      script.beforeLook(looks);
      for (const each of queues) {
        if (each.consumer === 'pausing' && each.settlesAt <= seconds) each.consumer = 'paused';
        if (each.consumer === 'resuming' && each.settlesAt <= seconds) each.consumer = 'running';
      }
      return queues.map(({ queue, consumer, jobsEnd }) => ({
        queue,
        carries: 'work',
        consumer,
        waiting: 0,
        delayed: 0,
        in_flight: jobsEnd.filter((endsAt) => endsAt > seconds).length,
        wait_limit: 3_600,
      }));
    },
    async turn(name, to) {
      script.beforeTurn(name, to);
      turns.push({ queue: name, to, at: seconds });
      const queue = found(name);
      if (queue.changingUntil > seconds) return { retryAfter: 5 };
      const isThere = queue.consumer === (to === 'pause' ? 'paused' : 'running');
      if (!isThere) queue.consumer = to === 'pause' ? 'pausing' : 'resuming';
      queue.settlesAt = seconds + changeSeconds;
      return 'done';
    },
  };
  return Object.assign(script, { stage });
}
