import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { JobEvents } from './contract.ts';
import { eventsPath } from './paths.ts';

export interface EventsOptions {
  /** Only events with a higher number: the `last_seq` of the answer before. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

/** What happened to the job, oldest first. Rejects with ProblemError 404 when the caller has no such job. */
export async function readEvents(
  connection: Connection,
  jobId: string,
  { after = 0, signal }: EventsOptions,
): Promise<JobEvents> {
  const path = eventsPath(jobId, after);
  return (await ask(connection, { method: 'GET', path, needsToken: true, isBody: isEvents, signal })).body;
}

function isEvents(body: unknown): body is JobEvents {
  return isRecord(body) && Array.isArray(body.events) && typeof body.last_seq === 'number';
}
