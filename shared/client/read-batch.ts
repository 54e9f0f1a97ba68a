import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { Batch } from './contract.ts';
import { batchPath } from './paths.ts';

/** The batch as it is now. Rejects with ProblemError 404 when the caller has no such batch. */
export async function readBatch(connection: Connection, batchId: string, signal?: AbortSignal): Promise<Batch> {
  const request = { method: 'GET', path: batchPath(batchId), needsToken: true, isBody: isBatch, signal } as const;
  return (await ask(connection, request)).body;
}

/** Looks at what an app walks through; the rest is the server's promise. */
function isBatch(body: unknown): body is Batch {
  return isRecord(body) && typeof body.batch_id === 'string' && [body.routes, body.children].every(Array.isArray);
}
