import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../clock.ts';
import type { FunctionError, FunctionProperties, Sandbox, SandboxOutcome } from './sandbox.ts';
import { WorkerSandbox } from './worker-sandbox.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB each way, plus 100 bytes of answer. */
const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;
const RESPONSE_LIMIT_BYTES = PAYLOAD_LIMIT_BYTES + 100;
const IDLE_MS = 60_000;

export type InvokeResult =
  | { readonly status: 'succeeded'; readonly requestId: string; readonly payload: unknown }
  | { readonly status: 'failed'; readonly requestId: string; readonly error: FunctionError }
  /** Not run at all: every sandbox is busy, or the event is too large. The name is the error of the Invoke API. */
  | { readonly status: 'refused'; readonly reason: 'TooManyRequestsException' | 'RequestTooLargeException' };

export interface LocalFunction {
  readonly name: string;
  /** Runs the function once; never rejects. Aborting kills the sandbox that runs it, as a crash would. */
  invoke(event: unknown, options?: { readonly signal?: AbortSignal }): Promise<InvokeResult>;
  /** Ends every sandbox at once; invocations under way fail. */
  close(): Promise<void>;
}

export interface LocalFunctionOptions extends FunctionProperties {
  /** How many invocations may run at once. */
  readonly maxConcurrency: number;
  /** How long one more waits for its turn before it is refused, as Lambda throttles; 0 by default. */
  readonly longestWaitMs?: number;
  /** From this many sandboxes on another is started only for an invocation that has waited `patienceMs`; `maxConcurrency` by default. */
  readonly eagerConcurrency?: number;
  readonly patienceMs?: number;
  /** Takes every line the function writes, and the runtime's line about an error. */
  readonly log: (functionName: string, line: string) => void;
  readonly clock?: Clock;
  /** The runtime; worker threads unless another is given. */
  readonly startSandbox?: StartSandbox;
}

type StartSandbox = (properties: FunctionProperties, clock: Clock, writeLine: (line: string) => void) => Sandbox;

const startWorkerSandbox: StartSandbox = (properties, clock, writeLine) =>
  new WorkerSandbox(properties, clock, writeLine);

/**
 * A function whose sandboxes are made on demand and kept warm. Sandboxes idle for a minute are closed, but for the last.
 * An event or answer over 6 MB fails as on Lambda, and anything the handler returns is read back from JSON.
 */
export function createFunction(options: LocalFunctionOptions): LocalFunction {
  const { name, clock = systemClock, startSandbox = startWorkerSandbox } = options;
  const writeLine = (line: string) => options.log(name, line);
  const pool = sandboxPool(() => startSandbox(options, clock, writeLine), options, clock);

  return {
    name,
    async invoke(event, { signal } = {}) {
      const text = JSON.stringify(event ?? null);
      if (Buffer.byteLength(text) > PAYLOAD_LIMIT_BYTES)
        return { status: 'refused', reason: 'RequestTooLargeException' };
      const sandbox = await pool.take();
      if (!sandbox) return { status: 'refused', reason: 'TooManyRequestsException' };
      const requestId = randomUUID();
      const outcome = limitResponse(await sandbox.invoke({ requestId, event: text, signal }));
      pool.giveBack(sandbox);
      if (outcome.status === 'succeeded')
        return { status: 'succeeded', requestId, payload: JSON.parse(outcome.payload) };
      writeLine(errorLine(requestId, outcome.error, clock));
      return { status: 'failed', requestId, error: outcome.error };
    },
    close: pool.close,
  };
}

function sandboxPool(
  startSandbox: () => Sandbox,
  { maxConcurrency, longestWaitMs = 0, eagerConcurrency = maxConcurrency, patienceMs = 0 }: LocalFunctionOptions,
  clock: Clock,
) {
  let closed = false;
  const line: ((sandbox: Sandbox | undefined) => void)[] = [];
  const all = new Set<Sandbox>();
  const idle: { sandbox: Sandbox; cancelRetirement: () => void }[] = [];

  const end = async (sandbox: Sandbox) => {
    all.delete(sandbox);
    await sandbox.close();
  };
  const retire = (sandbox: Sandbox) => {
    const position = idle.findIndex((entry) => entry.sandbox === sandbox);
    if (position < 0 || idle.length === 1) return;
    idle.splice(position, 1);
    void end(sandbox);
  };

  const takeNow = (limit = eagerConcurrency): Sandbox | undefined => {
    for (let entry = idle.pop(); entry; entry = idle.pop()) {
      entry.cancelRetirement();
      if (entry.sandbox.usable) return entry.sandbox;
      void end(entry.sandbox);
    }
    if (closed || all.size >= limit) return undefined;
    const sandbox = startSandbox();
    all.add(sandbox);
    return sandbox;
  };
  const growFor = (leaveWith: (sandbox: Sandbox) => void) => {
    const sandbox = takeNow(maxConcurrency);
    if (sandbox) leaveWith(sandbox);
  };
  const waitInLine = () =>
    new Promise<Sandbox | undefined>((resolve) => {
      const leaveWith = (sandbox: Sandbox | undefined) => {
        line.splice(line.indexOf(next), 1);
        next(sandbox);
      };
      const timers = [
        clock.after(longestWaitMs, () => leaveWith(undefined)),
        ...(eagerConcurrency < maxConcurrency ? [clock.after(patienceMs, () => growFor(leaveWith))] : []),
      ];
      const next = (sandbox: Sandbox | undefined) => {
        for (const cancel of timers) cancel();
        resolve(sandbox);
      };
      line.push(next);
    });
  const admitNext = () => {
    const sandbox = line.length > 0 ? takeNow() : undefined;
    if (sandbox) line.shift()?.(sandbox);
  };

  return {
    async take(): Promise<Sandbox | undefined> {
      const sandbox = takeNow();
      return sandbox || closed || longestWaitMs === 0 ? sandbox : waitInLine();
    },
    giveBack(sandbox: Sandbox) {
      if (!all.has(sandbox)) return;
      if (sandbox.usable) idle.push({ sandbox, cancelRetirement: clock.after(IDLE_MS, () => retire(sandbox)) });
      else void end(sandbox);
      admitNext();
    },
    async close() {
      closed = true;
      for (const leave of line.splice(0)) leave(undefined);
      for (const { cancelRetirement } of idle.splice(0)) cancelRetirement();
      await Promise.all([...all].map(end));
    },
  };
}

function limitResponse(outcome: SandboxOutcome): SandboxOutcome {
  if (outcome.status === 'failed' || Buffer.byteLength(outcome.payload) <= RESPONSE_LIMIT_BYTES) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`;
  return { status: 'failed', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
}

/** The line the Node.js runtime writes for a failed invocation. */
function errorLine(requestId: string, error: FunctionError, clock: Clock): string {
  const time = new Date(clock.now()).toISOString();
  return `${time}\t${requestId}\tERROR\tInvoke Error\t${JSON.stringify(error)}`;
}
