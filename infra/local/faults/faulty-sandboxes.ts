import type { FunctionProperties, Sandbox } from '../aws/lambda/sandbox.ts';
import { WorkerSandbox } from '../aws/lambda/worker-sandbox.ts';
import type { Clock } from '../clock.ts';

export interface FaultySandboxes {
  /** Milliseconds by which the clock of this function is wrong, in sandboxes that start from now on. 0: right. */
  skewClock(functionName: string, milliseconds: number): void;
  /** A sandbox whose calls can be told from those of any other. */
  start(functionName: string, properties: FunctionProperties, clock: Clock, writeLine: (line: string) => void): Sandbox;
  /**
   * Ends the sandbox at once, in the middle of whatever it does; nothing of a sandbox that has ended already. A thread is no process, but as
   * with SIGKILL no handler and no `finally` runs, its memory is gone and its connections are closed.
   */
  kill(sandbox: string | undefined): Promise<void>;
  /** Kills every sandbox of the functions whose short names begin so, those that do nothing too. */
  killAll(prefix: string): Promise<void>;
}

const skewedClock = new URL('skewed-clock.mjs', import.meta.url).href;

/** Workers that can be killed by name or run by a wrong clock. None is running yet. */
export function faultySandboxes(): FaultySandboxes {
  const skews = new Map<string, number>();
  const running = new Map<string, Sandbox>();
  let started = 0;
  return {
    skewClock: (functionName, milliseconds) => void skews.set(functionName, milliseconds),
    start(functionName, properties, clock, writeLine) {
      for (const [name, { usable }] of running) if (!usable) running.delete(name);
      started += 1;
      const name = `${functionName}.${started}`;
      const skew = skews.get(functionName) ?? 0;
      const environment = {
        ...properties.environment,
        AWS_SDK_UA_APP_ID: name,
        ...(skew !== 0 && { LOCAL_CLOCK_SKEW_MS: String(skew) }),
      };
      const execArgv = skew === 0 ? [] : ['--import', skewedClock];
      const sandbox = new WorkerSandbox({ ...properties, environment }, clock, writeLine, execArgv);
      running.set(name, sandbox);
      return sandbox;
    },
    async kill(name) {
      await running.get(name ?? '')?.close();
    },
    async killAll(prefix) {
      const meant = [...running].filter(([name]) => name.startsWith(prefix));
      await Promise.all(meant.map(([, sandbox]) => sandbox.close()));
    },
  };
}
