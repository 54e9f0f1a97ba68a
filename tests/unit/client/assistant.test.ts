import { describe, expect, it } from 'vitest';
import { JobFailedError, ProblemError } from '../../../shared/client/errors.ts';
import { completed, job, jobId, problem, scriptedApi, story } from './scripted-api.ts';

const question = { message: 'Why is the earth so red?' };
const told = { answer: 'Iron.', sentences: [], facts: [], credits: [] };
const immediate = { status: 200, body: { type: 'immediate', intent: 'greeting', ...told } };
const become = (job_type: string) => ({
  status: 202,
  body: { type: 'async', job_type, job_id: jobId, status: 'accepted', status_url: `/api/v1/jobs/status/${jobId}` },
  headers: { 'retry-after': '2' },
});

describe('the assistant', () => {
  it('answers at once with one request', async () => {
    const { client, requests } = scriptedApi([immediate]);
    expect(await client.assistant.ask({ message: 'Hi' })).toEqual(immediate.body);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.test/api/v1/assistant/messages',
    ]);
  });

  it('answers by a job, which is followed to its end', async () => {
    const answered = job({ type: 'answer_traveler', status: 'completed', result: told });
    const { client } = scriptedApi([
      become('answer_traveler'),
      job({ type: 'answer_traveler', status: 'processing' }),
      answered,
    ]);
    const seen: string[] = [];
    const answer = await client.assistant.ask(question, {
      onAccepted: (id) => seen.push(id),
      onProgress: ({ type }) => seen.push(type),
    });
    expect(answer).toEqual({ type: 'async', job_type: 'answer_traveler', job_id: jobId, result: told });
    expect(seen).toEqual([jobId, 'answer_traveler', 'answer_traveler']);
  });

  it('has a story written that is not kept', async () => {
    const { client } = scriptedApi([become('generate_story'), completed]);
    const answer = await client.assistant.ask({ message: 'Tell me a story' });
    expect(answer).toEqual({ type: 'async', job_type: 'generate_story', job_id: jobId, result: story });
  });

  it('is asked again under the same key after a lost connection', async () => {
    const { client, requests } = scriptedApi(['cut', immediate]);
    await client.assistant.ask(question);
    expect(requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['"key-1"', '"key-1"']);
  });

  it('rejects as every method does', async () => {
    const failed = job({
      type: 'answer_traveler',
      status: 'failed',
      error: { code: 'content_filtered', message: 'No.' },
    });
    await expect(scriptedApi([become('answer_traveler'), failed]).client.assistant.ask(question)).rejects.toThrow(
      JobFailedError,
    );
    await expect(scriptedApi([problem(400, 'invalid_request')]).client.assistant.ask(question)).rejects.toThrow(
      ProblemError,
    );
  });
});
