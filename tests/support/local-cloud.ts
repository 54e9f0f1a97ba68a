import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localStageFolder } from '../../infra/commands/local-stage.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { type CloudOptions, type LocalCloud, startCloud } from '../../infra/local/cloud.ts';
import { basePath } from '../../shared/catalog/routes.ts';

/** The whole service on this machine, on free ports. `await using` closes it at the end of the test. */
export interface TestCloud extends LocalCloud, AsyncDisposable {
  readonly dataFolder: string;
  /** What went wrong inside the cloud itself, line by line. */
  readonly troubles: readonly string[];
  /** A request below `/api/v1` by `owner`, with the scopes of the app unless others are given; a body is sent as JSON. */
  call(path: string, options?: CallOptions): Promise<Response>;
}

export interface CallOptions {
  readonly owner?: string;
  readonly scope?: string;
  /** Default: POST with a body, GET without. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Starts the `local` stage that the global set-up has built, with its data in a new temporary folder; give the `dataFolder` of
 * a closed cloud to go on with its data.
 */
export async function startTestCloud(options: Partial<CloudOptions> = {}): Promise<TestCloud> {
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'roadtrip-'));
  const troubles: string[] = [];
  const cloud = await startCloud({
    cdkOut: localStageFolder,
    httpPort: 0,
    clock: systemClock,
    log: (line) => troubles.push(line),
    ...options,
    dataFolder,
  });
  return {
    ...cloud,
    dataFolder,
    troubles,
    call: (target, callOptions) => call(cloud, target, callOptions),
    [Symbol.asyncDispose]: cloud.close,
  };
}

async function call(cloud: LocalCloud, target: string, options: CallOptions = {}): Promise<Response> {
  const { owner = 'ada', scope = 'jobs:read jobs:write', body } = options;
  const token = await cloud.issueToken({ owner, scope });
  return fetch(`${cloud.apiUrl}${basePath}${target}`, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
