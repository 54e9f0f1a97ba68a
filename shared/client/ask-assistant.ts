import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { AskAssistantRequest, AsyncAnswer, ImmediateAnswer, Results } from './contract.ts';
import { NetworkError } from './errors.ts';
import type { Follower } from './follower.ts';
import type { CompletedJob, Job } from './job.ts';
import { assistantPath } from './paths.ts';
import { completed, type FollowOptions } from './run.ts';
import type { SubmitOptions } from './submit.ts';

/** What the assistant answered at once, or what a job made of the message. */
export type AssistantAnswer = ImmediateAnswer | AnswerByJob;

type AnswerByJob = {
  [T in AsyncAnswer['job_type']]: {
    readonly type: 'async';
    readonly job_type: T;
    readonly job_id: string;
    readonly result: Results[T];
  };
}[AsyncAnswer['job_type']];

export interface AskOptions extends Omit<FollowOptions<Job>, 'cancelOnAbort'>, SubmitOptions {
  /** Called with the job's id if the message becomes a job. */
  readonly onAccepted?: (jobId: string) => void;
}

/** Asks the assistant, and follows the job that the message becomes unless it is answered at once. */
export async function askAssistant(
  connection: Connection,
  follower: Follower,
  body: AskAssistantRequest,
  options: AskOptions,
): Promise<AssistantAnswer> {
  const { idempotencyKey = connection.platform.newKey(), onAccepted, onProgress, signal, pollInterval = 0 } = options;
  const answered = await ask(connection, {
    method: 'POST',
    path: assistantPath,
    body: JSON.stringify(body),
    needsToken: true,
    idempotencyKey,
    isBody: isAnswer,
    signal,
  });
  if (answered.body.type === 'immediate') return answered.body;
  const jobId = answered.body.job_id;
  onAccepted?.(jobId);
  const onChange = (job: Job) => onProgress?.(job);
  const firstLookAfter = answered.retryAfter ?? 0;
  return answerOf(completed(await follower({ jobId, firstLookAfter, pollInterval, onChange, signal })));
}

function answerOf(job: CompletedJob): AnswerByJob {
  const { job_id } = job;
  switch (job.type) {
    case 'answer_traveler':
      return { type: 'async', job_type: job.type, job_id, result: job.result };
    case 'generate_story':
      return { type: 'async', job_type: job.type, job_id, result: job.result };
    default:
      throw new NetworkError(`The API answered with a job of type ${job.type}`);
  }
}

/** Looks at what the client itself relies on; the rest is the server's promise. */
function isAnswer(body: unknown): body is ImmediateAnswer | AsyncAnswer {
  if (!isRecord(body)) return false;
  if (body.type === 'immediate') return typeof body.answer === 'string';
  return body.type === 'async' && typeof body.job_id === 'string';
}
