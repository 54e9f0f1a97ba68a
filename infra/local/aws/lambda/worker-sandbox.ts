import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import {
  type FunctionError,
  type FunctionProperties,
  type Sandbox,
  type SandboxOutcome,
  type SandboxRequest,
  sandboxEnvironment,
} from './sandbox.ts';

/**
 * The import of a bundle may take this long, and the function's time-out on top: Lambda then begins it anew with that; here the one import goes on.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const INIT_LIMIT_SECONDS = 10;

/**
 * Room for new objects. V8 would let it grow to 48 MB in each sandbox that is busy for a while and seldom give it back; a job's own garbage is a
 * fraction of this, and no more processor time is spent with less (docs/benchmarks.md).
 */
const YOUNG_GENERATION_MEGABYTES = 6;

const functionError = z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) });
const workerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('succeeded'), payload: z.string() }),
  z.object({ kind: z.literal('failed'), error: functionError }),
  z.object({ kind: z.literal('fatal'), error: functionError }),
]);

/**
 * A sandbox in a worker thread. A spinning, exiting or exhausted handler costs its own thread only.
 * Three things differ from Lambda: the thread is not frozen between invocations, its memory limit covers the
 * JavaScript heap only, and the time zone and working directory are the host's.
 */
export class WorkerSandbox implements Sandbox {
  usable = true;
  readonly #properties: FunctionProperties;
  readonly #clock: Clock;
  readonly #writeLine: (line: string) => void;
  readonly #worker: Worker;
  #ready = false;
  #cause: FunctionError | undefined;
  #running: { request: SandboxRequest; finish: (outcome: SandboxOutcome) => void } | undefined;
  #cancelTimeout = () => {};

  constructor(
    properties: FunctionProperties,
    clock: Clock,
    writeLine: (line: string) => void,
    execArgv: readonly string[] = [],
  ) {
    this.#properties = properties;
    this.#clock = clock;
    this.#writeLine = writeLine;
    this.#worker = new Worker(new URL('worker-entry.mjs', import.meta.url), {
      env: sandboxEnvironment(properties),
      execArgv: [...execArgv],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: properties.memoryMegabytes,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MEGABYTES,
      },
    });
    readLines(this.#worker.stdout, writeLine);
    readLines(this.#worker.stderr, writeLine);
    this.#worker.on('message', (message: unknown) => this.#receive(message));
    this.#worker.on('error', (error: unknown) => this.#end(workerError(error)));
    this.#worker.on('exit', (exitCode) => this.#end(exitError(exitCode)));
  }

  invoke(request: SandboxRequest): Promise<SandboxOutcome> {
    const outcome = new Promise<SandboxOutcome>((finish) => {
      this.#running = { request, finish };
    });
    request.signal?.addEventListener('abort', this.#abort, { once: true });
    if (!this.usable) this.#end(exitError(0));
    else if (request.signal?.aborted) this.#abort();
    else if (this.#ready) this.#dispatch(request);
    else this.#limit(INIT_LIMIT_SECONDS + this.#properties.timeoutSeconds);
    return outcome;
  }

  async close(): Promise<void> {
    this.#end({ errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: signal: killed' });
    await this.#worker.terminate();
  }

  #receive(message: unknown) {
    const received = workerMessage.parse(message);
    if (received.kind === 'fatal') {
      if (!this.#running) this.#writeLine(`ERROR\tafter the handler returned\t${JSON.stringify(received.error)}`);
      return this.#end(received.error);
    }
    if (received.kind !== 'ready') return this.#finish(outcomeOf(received));
    this.#ready = true;
    if (this.#running) this.#dispatch(this.#running.request);
  }

  #dispatch({ requestId, event }: SandboxRequest) {
    this.#limit(this.#properties.timeoutSeconds);
    this.#worker.postMessage({ requestId, event, remainingMs: this.#properties.timeoutSeconds * 1000 });
  }

  #limit(seconds: number) {
    this.#cancelTimeout();
    const errorMessage = `Task timed out after ${seconds.toFixed(2)} seconds`;
    this.#cancelTimeout = this.#clock.after(seconds * 1000, () => {
      this.#end({ errorType: 'Sandbox.Timedout', errorMessage });
      void this.#worker.terminate();
    });
  }

  readonly #abort = () => void this.close();

  /** The first cause is the one reported: an exit follows every fatal error. What the handler threw has a trace. */
  #end(error: FunctionError) {
    this.usable = false;
    this.#cause ??= error;
    const { errorType, errorMessage, trace } = this.#cause;
    const prefix = `RequestId: ${this.#running?.request.requestId} Error: `;
    this.#finish({ status: 'failed', error: trace ? this.#cause : { errorType, errorMessage: prefix + errorMessage } });
  }

  #finish(outcome: SandboxOutcome) {
    this.#cancelTimeout();
    const running = this.#running;
    this.#running = undefined;
    running?.request.signal?.removeEventListener('abort', this.#abort);
    running?.finish(outcome);
  }
}

type Answer = Exclude<z.infer<typeof workerMessage>, { kind: 'ready' | 'fatal' }>;

const outcomeOf = (answer: Answer): SandboxOutcome =>
  answer.kind === 'succeeded'
    ? { status: 'succeeded', payload: answer.payload }
    : { status: 'failed', error: answer.error };

function workerError(error: unknown): FunctionError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { errorType: 'Runtime.OutOfMemory', errorMessage: 'Runtime exited with error: signal: killed' };
  }
  return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: ${String(error)}` };
}

function exitError(exitCode: number): FunctionError {
  const reason = exitCode === 0 ? 'without providing a reason' : `with error: exit status ${exitCode}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited ${reason}` };
}

/** By line feed only: node:readline also splits at U+2028, which JSON log lines may hold. */
function readLines(stream: Readable, writeLine: (line: string) => void) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) writeLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') writeLine(rest);
  });
}
