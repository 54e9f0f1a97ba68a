import packageJson from '../../package.json' with { type: 'json' };
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';

/** Whether the API answers: the gateway and this function do. It asks nobody else, so that a slow database does not look like a dead API. */
export function readHealth(stage: string, now: number): HttpAnswer {
  return {
    status: 200,
    body: { status: 'ok', stage, version: packageJson.version, time: new Date(now).toISOString() },
  };
}
