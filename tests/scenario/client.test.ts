import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJobsClient, type Fetch } from '../../shared/client/index.ts';
import { bookingRequest, moneyOf } from '../support/booking-scene.ts';
import { decodeMp3 } from '../support/decode-mp3.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { heldPhoto } from '../support/photos.ts';
import { modelAnswer, startScriptedBedrock } from '../support/scripted-bedrock.ts';

const root = path.resolve(import.meta.dirname, '../..');
const tucumcari = { latitude: 35.17, longitude: -103.72, name: 'Tucumcari' };
const hello = { text: 'Hello from the road.' };

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

function clientOf(owner: string, fetch?: Fetch) {
  return createJobsClient({
    baseUrl: cloud.apiUrl,
    token: () => cloud.issueToken({ owner, scope: 'jobs:read jobs:write' }),
    ...(fetch && { fetch }),
  });
}

describe('the client', () => {
  it('makes a story from submit to audio, and shows the text before the voice is ready', async () => {
    const states: { readonly status: string; readonly hasText: boolean; readonly hasAudio: boolean }[] = [];
    const story = await clientOf('ada').story.generate(
      { location: tucumcari, include_voice: true },
      {
        onProgress: ({ status, result }) =>
          states.push({ status, hasText: result !== undefined, hasAudio: result?.audio_url !== undefined }),
      },
    );
    expect(story.content.length).toBeGreaterThan(100);
    const audio = new Uint8Array(await (await fetch(story.audio_url ?? '')).arrayBuffer());
    expect((await decodeMp3(audio)).seconds).toBeCloseTo(story.audio_duration ?? 0, 0);
    expect(states).toContainEqual({ status: 'processing', hasText: true, hasAudio: false });
    expect(states.at(-1)).toEqual({ status: 'completed', hasText: true, hasAudio: true });
  });

  it('makes one job of a submit whose first answers were lost', async () => {
    let lost = 0;
    const losing: Fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (init.method !== 'POST' || lost === 2) return response;
      lost += 1;
      throw new TypeError(`The answer ${response.status} was lost in a tunnel`);
    };
    const ids: string[] = [];
    const client = clientOf('grace', losing);
    await client.voice.synthesize(hello, { idempotencyKey: 'a-tunnel', onAccepted: (id) => ids.push(id) });
    const again = await client.jobs.submit('synthesize_voice', hello, { idempotencyKey: 'a-tunnel' });
    expect(lost).toBe(2);
    expect(ids).toEqual([again.jobId]);
  });

  it('takes a job up again by its id, as after a restart of the app', async () => {
    const { jobId } = await clientOf('ada').jobs.submit('synthesize_voice', hello);
    const restarted = clientOf('ada');
    const job = await restarted.jobs.follow(jobId);
    expect(job).toMatchObject({
      type: 'synthesize_voice',
      status: 'completed',
      result: { audio_url: expect.stringContaining('.mp3') },
    });
    expect(await restarted.jobs.status(jobId)).toMatchObject({ job_id: jobId, status: 'completed' });
  });

  it('leaves a job alone whose following was aborted', async () => {
    const client = clientOf('ada');
    const controller = new AbortController();
    const ids: string[] = [];
    const run = client.voice.synthesize(hello, {
      signal: controller.signal,
      onAccepted: (id) => {
        ids.push(id);
        controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(await client.jobs.follow(ids[0] ?? '')).toMatchObject({ status: 'completed' });
  });

  it('has a text narrated once, whoever asks again', async () => {
    const body = { text: 'Route 66 is the main street of Tucumcari.' };
    const first = await clientOf('ada').voice.synthesize(body);
    expect(first).not.toHaveProperty('cached');
    const again = await clientOf('ben').voice.synthesize(body);
    expect(again).toMatchObject({ cached: true, audio_duration: first.audio_duration });
  });

  it('cancels a job whose caller has left, if that is wanted', async () => {
    const client = clientOf('lin');
    const controller = new AbortController();
    const run = client.voice.synthesize(
      { ...hello, delay: 600 },
      { signal: controller.signal, cancelOnAbort: true, onAccepted: () => controller.abort() },
    );
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    const statuses = async () => (await every(client.jobs.recent())).map(({ status }) => status);
    await expect.poll(statuses).toEqual(['cancelled']);
  });

  it('cancels a job by its id, and lists jobs over all pages by type and state', async () => {
    const client = clientOf('mae');
    const ids: string[] = [];
    for (let count = 0; count < 52; count++) {
      ids.push((await client.jobs.submit('synthesize_voice', { ...hello, delay: 600 })).jobId);
    }
    const [first = ''] = ids;
    expect(await client.jobs.cancel(first)).toMatchObject({ job_id: first, status: 'cancelled' });
    expect(await client.jobs.cancel(first)).toMatchObject({ status: 'cancelled' });
    const listed = async (status: 'scheduled' | 'cancelled') =>
      (await every(client.jobs.recent({ type: 'synthesize_voice', status }))).map(({ job_id }) => job_id);
    expect(await listed('scheduled')).toEqual(ids.slice(1).toReversed());
    expect(await listed('cancelled')).toEqual([first]);
    expect(await every(client.jobs.recent({ type: 'process_image' }))).toEqual([]);
  });

  it('uploads a photo and has it processed, with one call', async () => {
    const photo = await heldPhoto(6);
    const keys: string[] = [];
    const made = await clientOf('ada').uploads.photo(Uint8Array.from(photo), { onUploaded: (key) => keys.push(key) });
    expect(made).toMatchObject({ format: 'jpeg', processed_url: expect.stringContaining('.webp') });
    expect((await fetch(made.thumbnail_url)).status).toBe(200);
    expect(keys).toHaveLength(1);
    await expect(clientOf('ada').uploads.photo(new Blob(['x'], { type: 'text/plain' }))).rejects.toMatchObject({
      errors: [{ path: 'content_type' }],
    });
  });

  it('makes a schedule, lists it and removes it', async () => {
    const client = clientOf('nan');
    const { schedule_id } = await client.schedules.create({
      every: 3_600,
      job: { type: 'synthesize_voice', body: hello },
    });
    expect(await client.schedules.list()).toMatchObject([{ schedule_id, status: 'active' }]);
    await client.schedules.remove(schedule_id);
    expect(await client.schedules.list()).toEqual([]);
  });

  it('tells of a batch when the journey comes to each story, and of a job what happened to it', async () => {
    const client = clientOf('mary');
    const route = { origin: 'Tucumcari', destination: 'Amarillo, TX' };
    const ids: string[] = [];
    const made = await client.batch.stories({ routes: [route] }, { onAccepted: (id) => ids.push(id) });
    const { children, counts } = await client.jobs.batch(ids[0] ?? '');
    expect(children.map(({ job_id }) => job_id)).toEqual(made.stories.map(({ job_id }) => job_id));
    expect(counts).toMatchObject({ total: children.length, completed: children.length });
    const arrivals = children.map(({ arrives_after = 0 }) => arrives_after);
    expect(arrivals[0]).toBeGreaterThan(0);
    expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other));

    const { events, last_seq } = await client.jobs.events(ids[0] ?? '');
    expect(events.at(-1)).toMatchObject({ seq: last_seq, status: 'completed' });
    expect((await client.jobs.events(ids[0] ?? '', { after: last_seq - 1 })).events).toEqual(events.slice(-1));
  });

  it('tells what was wrong with a request', async () => {
    const nowhere = clientOf('ada').story.generate({ location: { latitude: 91, longitude: 0 } });
    await expect(nowhere).rejects.toMatchObject({
      name: 'ProblemError',
      status: 400,
      code: 'invalid_request',
      errors: [{ path: 'location.latitude', message: expect.any(String) }],
    });
    const { jobId } = await clientOf('ada').jobs.submit('synthesize_voice', hello);
    await expect(clientOf('eve').jobs.status(jobId)).rejects.toMatchObject({ status: 404, code: 'job_not_found' });
    const unknown = createJobsClient({ baseUrl: cloud.apiUrl, token: () => 'no-token' });
    await expect(unknown.jobs.status(jobId)).rejects.toMatchObject({ status: 401, code: 'http_401' });
  });

  it('books under a key that an app keeps, pays once, and gives the booking back', async () => {
    const client = clientOf('ada');
    const options = { idempotencyKey: 'dinner-1' };
    const ids: string[] = [];
    const body = bookingRequest();
    const book = () => client.booking.process(body, { ...options, onAccepted: (id) => ids.push(id) });
    expect(await book()).toEqual(await book());
    const [job_id = '', again] = ids;
    expect(again).toBe(job_id);
    expect(moneyOf(cloud, job_id)).toMatchObject({ taken: 1, refunds: 0 });
    await client.booking.cancel({ job_id });
    expect(moneyOf(cloud, job_id)).toMatchObject({ taken: 1, refunds: 1 });
  });

  it('tells the secret that the webhooks of its caller are signed with, and no other caller', async () => {
    const [ada, eve] = [await clientOf('ada').webhooks.secret(), await clientOf('eve').webhooks.secret()];
    expect(ada).toMatch(/^whsec_/);
    expect(await clientOf('ada').webhooks.secret()).toBe(ada);
    expect(eve).not.toBe(ada);
  });

  it('tells why a job failed, and tries it again', async () => {
    await using bedrock = await refusingBedrock();
    await using declining = await startTestCloud({ endpoints: { 'bedrock-runtime': bedrock.endpoint } });
    const token = () => declining.issueToken({ owner: 'ada', scope: 'jobs:read jobs:write' });
    const client = createJobsClient({ baseUrl: declining.apiUrl, token });
    await expect(client.story.generate({ location: tucumcari })).rejects.toMatchObject({
      name: 'JobFailedError',
      code: 'content_filtered',
      job: { status: 'failed' },
    });
    const [failed] = await every(client.jobs.recent({ status: 'failed' }));
    const again = await client.jobs.retry(failed?.job_id ?? '');
    expect(again).toMatchObject({ job_id: failed?.job_id, status: 'accepted' });
    await expect(client.jobs.follow(again.job_id)).rejects.toMatchObject({ code: 'content_filtered' });
  });

  it('tells that a job came too late', async () => {
    const text = 'The road goes on past one more field and one more fence. '.repeat(150);
    const late = clientOf('ada').voice.synthesize({ text, expires_in: 1 });
    await expect(late).rejects.toMatchObject({ name: 'JobExpiredError', job: { status: 'expired' } });
  });

  it('knows whether the API answers', async () => {
    expect(await clientOf('ada').health()).toMatchObject({ status: 'ok', stage: 'local' });
  });
});

describe.each(['README.md', 'docs/use-from-your-app.md'])('%s', (file) => {
  it('holds a program that runs as it is written', async () => {
    const page = readFileSync(path.join(root, file), 'utf8');
    const program = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
    expect(program).toContain('http://127.0.0.1:4600');
    const output = await run(program.replace('http://127.0.0.1:4600', cloud.apiUrl));
    expect(output).toMatch(/^100 Completed .+$/m);
    expect(output).toMatch(/\n\nhttp:\S+\.mp3\S*\n$/);
  });
});

async function every<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function refusingBedrock() {
  const bedrock = await startScriptedBedrock(() => modelAnswer({ content: [], stopReason: 'content_filtered' }));
  return { endpoint: bedrock.endpoint, [Symbol.asyncDispose]: bedrock.close };
}

/** What the program prints, run in the root of the clone with a traveller's token; its errors when it fails. */
async function run(program: string): Promise<string> {
  const token = await cloud.issueToken({ owner: 'traveller', scope: 'jobs:read jobs:write' });
  const child = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: root,
    env: { ...process.env, TOKEN: token },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(program);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return errors === '' ? output : errors;
}
