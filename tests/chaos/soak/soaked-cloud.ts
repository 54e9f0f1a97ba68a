import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { basePath } from '../../../shared/catalog/routes.ts';
import type { SoakReport } from './soak-cloud.ts';

export interface SoakCall {
  readonly owner: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly key?: string;
}

/** A harmed local cloud in a process of its own, which can be killed and started again on the same data. */
export class SoakedCloud {
  readonly #dataFolder: string;
  readonly #hear: (report: SoakReport) => void;
  #isClosed = false;
  #child: ChildProcess | undefined;
  #address: { apiUrl: string; tokens: Readonly<Record<string, string>> } | undefined;

  constructor(dataFolder: string, hear: (report: SoakReport) => void) {
    this.#dataFolder = dataFolder;
    this.#hear = hear;
  }

  /** Resolves when it answers requests, and has taken up the jobs of an earlier start. */
  async start(): Promise<void> {
    if (this.#isClosed) throw new Error('The local cloud is closed');
    const child = fork(new URL('./soak-cloud.ts', import.meta.url), ['--data', this.#dataFolder], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#child = child;
    const ready = new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The local cloud ended with ${code} while it started`)));
      child.on('message', (message: SoakReport) => {
        if (message.kind !== 'ready') return this.#hear(message);
        this.#address = message;
        resolve();
      });
    });
    await ready;
  }

  /** Kills it in the middle of everything. */
  async kill(): Promise<void> {
    this.#address = undefined;
    await this.#end('SIGKILL');
  }

  /** Ends it for good, with or without patience: whoever calls or starts it from now on is rejected. */
  async close(how: 'SIGKILL' | 'close'): Promise<void> {
    this.#isClosed = true;
    this.#address = undefined;
    await this.#end(how);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Asks again and again until the service answers with anything but a failure of its own: that is what the app's client does. */
  async call(path: string, { owner, method = 'POST', body, key }: SoakCall): Promise<Response> {
    for (;;) {
      if (this.#isClosed) throw new Error('The local cloud is closed');
      const response = await this.#tryCall(path, { owner, method, body, ...(key !== undefined && { key }) });
      if (response && !isPassing(response.status, key !== undefined)) return response;
      await response?.body?.cancel();
      await sleep(300);
    }
  }

  async #tryCall(path: string, { owner, method, body, key }: SoakCall): Promise<Response | undefined> {
    const address = this.#address;
    if (!address) return undefined;
    const headers = {
      authorization: `Bearer ${address.tokens[owner]}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const request = { method: method ?? 'POST', headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    // The cloud may be killed while it answers; a request that got no answer is sent again.
    return fetch(`${address.apiUrl}${basePath}${path}`, request).catch(() => undefined);
  }

  async #end(how: 'SIGKILL' | 'close'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    if (how === 'SIGKILL') child.kill('SIGKILL');
    else child.send(how);
    await exited;
  }
}

/**
 * Whether it is worth asking again. 401: the tokens are good, but an authorizer that cannot read the issuer's keys in time refuses them.
 * 409: with a key, the first request is still at work.
 */
function isPassing(status: number, hasKey: boolean): boolean {
  return status >= 500 || status === 429 || status === 401 || (status === 409 && hasKey);
}
