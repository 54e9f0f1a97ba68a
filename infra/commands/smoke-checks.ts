import { basePath } from '../../shared/catalog/routes.ts';
import { createJobsClient, ProblemError } from '../../shared/client/index.ts';

export interface SmokeTarget {
  readonly apiUrl: string;
  /** With `jobs:read jobs:write`. */
  readonly token: string;
  readonly signal: AbortSignal;
}

/** One promise of a deployed stage, and what was seen of it. */
interface SmokeCheck {
  readonly promise: string;
  /** Resolves with what was seen; rejects if the promise is not kept. */
  readonly look: (target: SmokeTarget) => Promise<string>;
}

const place = { latitude: 35.17, longitude: -103.72, name: 'Tucumcari' };

/** What must be true after each deployment, in the order in which it is worth knowing. Costs one short story and its narration. */
export const smokeChecks: readonly SmokeCheck[] = [
  {
    promise: 'the API answers',
    async look(target) {
      const { status } = await clientOf(target).health();
      return status;
    },
  },
  {
    promise: 'strangers are refused',
    async look({ apiUrl, signal }) {
      return refusal(clientOf({ apiUrl, token: 'of-nobody', signal }).jobs.recent({ signal }), 401);
    },
  },
  {
    promise: 'what is not there is said not to be, by us',
    async look({ apiUrl, signal }) {
      // API Gateway answers unknown paths itself, with 500, when it may not call our function for them.
      const response = await fetch(new URL(`${basePath}/nothing-here`, apiUrl), { signal });
      const isOurs = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
      if (response.status !== 404 || !isOurs)
        throw new Error(`The answer was ${response.status} ${await response.text()}`);
      return String(response.status);
    },
  },
  {
    promise: 'a wrong request is refused by the name of its field',
    async look(target) {
      const { signal } = target;
      const submit = clientOf(target).jobs.submit(
        'generate_story',
        { location: { ...place, latitude: 91 } },
        { signal },
      );
      const problem = await problemOf(submit);
      const [error] = problem.errors;
      if (error?.path !== 'location.latitude') throw new Error(`The answer was ${problem.message}`);
      return `${problem.status} ${error.path}`;
    },
  },
  {
    promise: 'a story is written and spoken',
    async look(target) {
      const { signal } = target;
      const body = { location: place, preferences: { length: 'short' }, include_voice: true } as const;
      const { title, audio_url } = await clientOf(target).story.generate(body, { signal, cancelOnAbort: true });
      if (audio_url === undefined) throw new Error(`The story "${title}" has no voice`);
      return `"${title}", ${await mp3Kilobytes(audio_url, signal)} kB`;
    },
  },
  {
    promise: 'the job is in its owner’s list',
    async look(target) {
      for await (const { job_id, type } of clientOf(target).jobs.recent({ signal: target.signal })) {
        return `${type} ${job_id}`;
      }
      throw new Error('The list is empty');
    },
  },
];

function clientOf({ apiUrl, token }: SmokeTarget) {
  return createJobsClient({ baseUrl: apiUrl, token: () => token, patience: 20 });
}

async function refusal(answers: AsyncIterable<unknown>, status: number): Promise<string> {
  const problem = await problemOf(answers[Symbol.asyncIterator]().next());
  if (problem.status !== status) throw new Error(`The answer was ${problem.message}`);
  return String(problem.status);
}

async function problemOf(asked: Promise<unknown>): Promise<ProblemError> {
  const error = await asked.then(
    () => new Error('The request was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error;
  throw error;
}

/** Kilobytes of the recording. An MPEG frame begins with eleven set bits, a tag with `ID3` (https://id3.org/id3v2.3.0). */
async function mp3Kilobytes(url: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`The recording could not be downloaded: ${response.status}`);
  const audio = Buffer.from(await response.arrayBuffer());
  const isMp3 = audio.subarray(0, 3).toString('latin1') === 'ID3' || (audio[0] === 0xff && (audio[1] ?? 0) >= 0xe0);
  if (!isMp3) throw new Error(`What is at ${new URL(url).pathname} is not an mp3`);
  return Math.round(audio.length / 1_000);
}
