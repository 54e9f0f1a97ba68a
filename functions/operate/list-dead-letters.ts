import type * as z from 'zod';
import { queueNames } from '../../shared/catalog/queues.ts';
import type { DeadLetters } from '../../shared/catalog/schemas/operate.ts';
import type { JobStore, Now } from '../../shared/domain/ports.ts';
import { type DeadLetter, type DeadLetterPosition, takeDeadLetters } from '../../shared/jobs/dead-letters.ts';
import { decodeCursor, encodeCursor, wrongCursor } from '../../shared/runtime/cursor.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';

type Query = HttpRequest<'list_dead_letters'>['query'];

/** A page of dead letters of all owners. It is full while there are more, and shows neither inputs nor results nor the bodies of messages. */
export async function listDeadLetters(
  { query }: HttpRequest<'list_dead_letters'>,
  { store, now }: { readonly store: JobStore; readonly now: Now },
): Promise<HttpAnswer> {
  const piles = query.queue ? [query.queue] : [...queueNames, 'unreadable' as const];
  const letters = await takeDeadLetters(piles, { atLeast: query.limit + 1, after: startOf(query) }, store);
  const page = letters.slice(0, query.limit);
  const last = letters.length > query.limit ? page.at(-1) : undefined;
  const body: z.infer<typeof DeadLetters> = {
    dead_letters: page.map((letter) => view(letter, now())),
    ...(last && { next_cursor: encodeCursor([last.diedAt, last.id, query.queue ?? '']) }),
  };
  return { status: 200, body };
}

function view(dead: DeadLetter, now: number): z.infer<typeof DeadLetters>['dead_letters'][number] {
  const died = { died_at: new Date(dead.diedAt).toISOString(), age: Math.max(0, now - dead.diedAt) / 1_000 };
  if (dead.kind === 'unreadable') {
    return { kind: 'unreadable', message_id: dead.letter.messageId, source: dead.letter.source, ...died };
  }
  const { id, type, queue, step, owner, attempt, error } = dead.job;
  return { kind: 'job', job_id: id, type, queue, step, owner, attempts: attempt, ...(error && { error }), ...died };
}

function startOf({ cursor, queue }: Query): DeadLetterPosition | undefined {
  if (cursor === undefined) return undefined;
  const [moment = '', id = '', ofQueue] = decodeCursor(cursor);
  const isPosition = /^\d{1,15}$/.test(moment) && /^[\w-]{1,100}$/.test(id);
  if (!isPosition) throw wrongCursor('is not a cursor of this list');
  if (ofQueue !== (queue ?? '')) throw wrongCursor('belongs to a list with another filter');
  return { diedAt: Number(moment), id };
}
