import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { basePath, routes } from '../../shared/catalog/routes.ts';
import { JobView, ProblemDocument } from '../../shared/catalog/schemas/job.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { CommandError } from './command-line.ts';
import type { StoryRequest } from './demo-request.ts';

/** Where the API is and what it knows the caller by. */
export interface ApiAccess {
  readonly apiUrl: string;
  readonly token: string;
}

export type Job = z.infer<typeof JobView>;

/** POST /jobs/story/generate. Rejects with CommandError that holds the problem's detail and wrong fields. */
export async function submitStory({ apiUrl, token }: ApiAccess, request: StoryRequest) {
  const response = await fetch(`${apiUrl}${basePath}${routes.generate_story.path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return SubmitAnswer.parse(await bodyOf(response));
}

/**
 * Reads the job until it has ended, as often as the server's Retry-After says, and reports every state that differs from the
 * last (a 304 does not). Resolves with the last one, however the job ended.
 */
export async function followJob(access: ApiAccess, statusUrl: string, report: (job: Job) => void): Promise<Job> {
  let etag = '';
  while (true) {
    const response = await fetch(new URL(statusUrl, access.apiUrl), {
      headers: { authorization: `Bearer ${access.token}`, 'if-none-match': etag },
    });
    if (response.status !== 304) {
      const job = JobView.parse(await bodyOf(response));
      report(job);
      if (hasEnded(job)) return job;
      etag = response.headers.get('etag') ?? '';
    }
    await sleep(Number(response.headers.get('retry-after') ?? 1) * 1000);
  }
}

function hasEnded({ status }: Job): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'expired';
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  const problem = ProblemDocument.safeParse(parseJson(text));
  if (!problem.success) throw new CommandError(`The API answered ${response.status}: ${text}`);
  const wrongFields = (problem.data.errors ?? []).map(({ path, message }) => `  ${path}: ${message}`);
  throw new CommandError([`${problem.data.title}: ${problem.data.detail}`, ...wrongFields].join('\n'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
