import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hasEnded, type JobDocument, jobWhen, submit } from '../support/api-client.ts';
import { bookingRequest, withKey } from '../support/booking-scene.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { tellingPhoto } from '../support/photos.ts';
import { modelAnswer, type ScriptedBedrock, startScriptedBedrock } from '../support/scripted-bedrock.ts';
import { createUpload, postForm } from '../support/upload-photo.ts';

const credentials = {
  accessKeyId: 'AKIALOGSECRETS000001',
  secretAccessKey: 'wJalrXUtnFEMIlogsecretsbPxRfiCY',
  sessionToken: 'IQoJb3JpZ2luX2VjELogSecretsSession',
};
const owner = 'theodora@travellers.example';
const privateNote = 'Aunt Theodora turns eighty and must not know';
const spokenText = 'Turn left at the orchard where we buried the time capsule.';
const cutShort = 'An unfinished evening beside the violet water tower';
const told = 'The lamps of the drive-in burned amber while the freight train counted its wagons into the dark.';

let cloud: TestCloud;
let bedrock: ScriptedBedrock;
/** What must be in no log: a name for the report, and the text. */
const secrets = new Map<string, string>(
  Object.entries({ ...credentials, owner, privateNote, spokenText, cutShort, told }),
);
const jobs: JobDocument[] = [];

beforeAll(async () => {
  bedrock = await startScriptedBedrock((_call, count) =>
    count === 1
      ? modelAnswer({ content: [{ text: `A Title\n\n${cutShort}` }], stopReason: 'max_tokens' })
      : modelAnswer({ content: [{ text: `A Title\n\n${told}` }] }),
  );
  cloud = await startTestCloud({ credentials, endpoints: { 'bedrock-runtime': bedrock.endpoint } });
  const token = await cloud.issueToken({ owner, scope: 'jobs:read jobs:write' });
  secrets.set('token', token).set('signature of the token', token.split('.')[2] ?? '');
  await tellStory();
  await speak();
  await sendPhoto();
  await book();
  await beRefused(token);
});
afterAll(async () => {
  await cloud.close();
  await bedrock.close();
});

describe('what functions log', () => {
  it('names the jobs, and that an attempt failed', () => {
    const logs = allLogs();
    expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => 'completed'));
    expect(jobs).toHaveLength(4);
    expect(logs).toContain('attempt_failed');
    expect(logs).toContain(jobs[0]?.job_id);
  });

  it('holds no token, credential, signature, story, or anything else the traveller wrote', () => {
    const logs = allLogs();
    expect(secrets.size).toBeGreaterThan(14);
    for (const secret of secrets.values()) expect(secret.length).toBeGreaterThan(15);
    const leaked = [...secrets].filter(
      ([, secret]) => logs.includes(secret) || logs.includes(encodeURIComponent(secret)),
    );
    expect(leaked.map(([name]) => name)).toEqual([]);
  });
});

async function tellStory(): Promise<void> {
  const body = {
    location: { latitude: 35.17, longitude: -103.72 },
    interests: ['the secret garden of grandmother'],
    context: { theme: 'night', note: privateNote },
    include_voice: true,
  };
  secrets.set('interest', 'the secret garden of grandmother').set('idempotency key', 'idempotency-key-of-theodora');
  const headers = { 'idempotency-key': 'idempotency-key-of-theodora' };
  const { job_id } = await submit(cloud, '/jobs/story/generate', body, { owner, headers });
  keep(await jobWhen(cloud, job_id, hasEnded, owner));
}

async function speak(): Promise<void> {
  const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: spokenText }, { owner });
  keep(await jobWhen(cloud, job_id, hasEnded, owner));
}

async function sendPhoto(): Promise<void> {
  const form = await createUpload(cloud, 'image/jpeg', owner);
  for (const [name, value] of Object.entries(form.fields)) {
    if (/^(?:policy|x-amz-signature)$/i.test(name)) secrets.set(`${name} of the form`, value);
  }
  await postForm(form, await tellingPhoto());
  const { job_id } = await submit(cloud, '/jobs/image/process', { upload_key: form.upload_key }, { owner });
  keep(await jobWhen(cloud, job_id, hasEnded, owner));
}

/** One that ends well, and one that is declined after the provider has failed: what is logged of errors counts too. */
async function book(): Promise<void> {
  const traveller = { name: 'Theodora of the Bookings', email: 'theodora.books@travellers.example' };
  const special_requests = 'A table far from my former business partner';
  secrets.set('contact', traveller.name).set('address', traveller.email).set('wish', special_requests);
  secrets.set('webhook secret', cloud.providers.webhookSecret);
  cloud.providers.addFault({ operation: 'stripe.confirm', how: 'fail', times: 1 });
  cloud.providers.addFault({ operation: 'partner.reserve', how: 'fail', times: 1 });
  const body = bookingRequest({ traveller, special_requests });
  const good = await submit(cloud, '/jobs/booking/process', body, withKey('booking-of-theodora', owner));
  keep(await jobWhen(cloud, good.job_id, hasEnded, owner));
  const declined = { ...body, payment_method: 'pm_card_visa_chargeDeclined' };
  const bad = await submit(cloud, '/jobs/booking/process', declined, withKey('declined-of-theodora', owner));
  await jobWhen(cloud, bad.job_id, hasEnded, owner);
}

/** Refusals are where a careless log repeats what was sent. */
async function beRefused(token: string): Promise<void> {
  const story = { location: { latitude: 91, longitude: privateNote }, [privateNote]: spokenText };
  const answers = [
    await cloud.call('/jobs/story/generate', { owner, body: story }),
    await cloud.call('/jobs/story/generate', { owner, body: privateNote }),
    await cloud.call(`/jobs/status/${encodeURIComponent(privateNote)}`, { owner }),
    await cloud.call(`/jobs/recent?cursor=${token}`, { owner }),
    await cloud.call(`/nothing?access_token=${token}`, { owner }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 404]);
}

/** Keeps the job, and the signature of each of its links among the secrets. */
function keep(job: JobDocument): void {
  jobs.push(job);
  for (const [name, value] of Object.entries(z.record(z.string(), z.unknown()).parse(job.result))) {
    if (!name.endsWith('_url') || typeof value !== 'string') continue;
    secrets.set(`signature of ${job.type} ${name}`, new URL(value).searchParams.get('X-Amz-Signature') ?? '');
  }
}

/** Every line that any function wrote, and every line of the cloud itself. */
function allLogs(): string {
  const folder = path.join(cloud.dataFolder, 'logs');
  const files = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
  return [...files, ...cloud.troubles].join('\n');
}
