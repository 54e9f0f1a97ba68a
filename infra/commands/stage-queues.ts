import * as z from 'zod';
import { routes } from '../../shared/catalog/routes.ts';
import { QueueConsumerView } from '../../shared/catalog/schemas/queue-stats.ts';
import { type ApiRequest, ask, type Connection } from '../../shared/client/ask.ts';
import { type JobsError, NetworkError, ProblemError } from '../../shared/client/errors.ts';
import { globalPlatform, type Platform } from '../../shared/client/platform.ts';
import { CommandError } from './command-line.ts';

/** The part of the answer that counts here. A name is any string: a stage may have a queue that this clone does not know. */
const QueueNow = z.object({
  queue: z.string(),
  carries: z.string(),
  consumer: QueueConsumerView.shape.consumer,
  waiting: z.int(),
  in_flight: z.int(),
  delayed: z.int(),
  wait_limit: z.number(),
});

const QueuesNow = z.object({ queues: z.array(QueueNow).min(1) });

/** One queue as it is at this moment. */
export type QueueNow = z.infer<typeof QueueNow>;

export type Turn = 'pause' | 'resume';

/** The queues of a stage, as operators see and switch them. Every failure is a CommandError; a look whose signal is aborted is an AbortError. */
export interface StageQueues {
  /** Every queue, the most urgent first. */
  look(signal?: AbortSignal): Promise<readonly QueueNow[]>;
  /** `done`, also if the queue is there already; or, while an earlier change is being made, the seconds until it is worth trying again. */
  turn(queue: string, to: Turn): Promise<'done' | { readonly retryAfter: number }>;
}

/** The API has said no: what was asked is not done. */
export class RefusedError extends CommandError {}

/** Seconds for which lost connections and server errors are tried again. */
const patience = 10;

const actions = { pause: routes.pause_queue, resume: routes.resume_queue };

/** The queues over HTTP. The token needs `ops:read ops:write`. */
export function stageQueues(
  { apiUrl, token }: { readonly apiUrl: string; readonly token: string },
  platform: Platform = globalPlatform(),
): StageQueues {
  const connection = { baseUrl: apiUrl.replace(/\/+$/, ''), token: () => token, patience, platform };
  return {
    async look(signal) {
      const { method, path, scope } = routes.read_queue_stats;
      const isBody = (body: unknown): body is z.infer<typeof QueuesNow> => QueuesNow.safeParse(body).success;
      const request = { method, path, needsToken: true, isBody, signal };
      return (await answered(connection, request, scope)).queues;
    },
    async turn(queue, to) {
      const { method, path, scope } = actions[to];
      const target = path.replace('{queue}', encodeURIComponent(queue));
      const isBody = (body: unknown): body is object => typeof body === 'object' && body !== null;
      const request = { method, path: target, needsToken: true, repeatable: true, isBody } as const;
      try {
        await answered(connection, request, scope);
        return 'done';
      } catch (error) {
        if (isChanging(error)) return { retryAfter: error.cause.retryAfter ?? 5 };
        throw error;
      }
    },
  };
}

async function answered<Body>(connection: Connection, request: ApiRequest<Body>, scope: string): Promise<Body> {
  try {
    return (await ask(connection, request)).body;
  } catch (error) {
    if (error instanceof ProblemError) throw refusal(error, request, scope);
    if (error instanceof NetworkError) {
      throw new CommandError(`${connection.baseUrl} does not answer: ${reasonOf(error)}.`, { cause: error });
    }
    throw error;
  }
}

function refusal(cause: ProblemError, { method, path }: { method: string; path: string }, scope: string) {
  const { status, message } = cause;
  if (status === 401) return new RefusedError('The token is not accepted (401): has it expired?', { cause });
  if (status === 403)
    return new RefusedError(`The token lacks the scope ${scope} (403 to ${method} ${path}).`, { cause });
  const text = `${method} ${path}: ${message}`;
  return status >= 500 || status === 429 ? new CommandError(text, { cause }) : new RefusedError(text, { cause });
}

function isChanging(error: unknown): error is RefusedError & { readonly cause: ProblemError } {
  const cause = error instanceof RefusedError ? error.cause : undefined;
  return cause instanceof ProblemError && cause.code === 'consumer_changing';
}

/** `fetch` tells the system's own words two causes deep. */
function reasonOf(error: JobsError): string {
  let reason: Error = error;
  while (reason.cause instanceof Error) reason = reason.cause;
  return reason.message || reason.name;
}
