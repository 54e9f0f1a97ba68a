import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, Script } from 'node:vm';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClient, type ClientSize } from '../../../infra/build/client.ts';
import { accepted, completed, type Reply, story } from './scripted-api.ts';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;
let built: string;
let size: ClientSize;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'client-'));
  built = path.join(folder, 'built');
  size = await buildClient(built);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the client’s package', () => {
  it('is one small module that imports nothing and names nothing of Node', () => {
    const code = readFileSync(path.join(built, 'index.js'), 'utf8');
    expect(code).not.toMatch(/\bimport\b|\brequire\b|\bnode:|\bprocess\s*[.[]|\bBuffer\b|\bzod\b/);
    expect(size.bytes).toBe(code.length);
    expect(size.gzipBytes).toBeLessThan(8_000);
  });

  it('brings the types of its one module, and no import of another package in them', () => {
    const declarations = readdirSync(built).filter((name) => name.endsWith('.d.ts'));
    const imported = declarations.flatMap((name) =>
      [...readFileSync(path.join(built, name), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(imported.length).toBeGreaterThan(10);
    expect(imported.filter((module) => !/^\.\/[\w-]+\.js$/.test(module))).toEqual([]);
  });

  it('runs where there is nothing but fetch, timers and AbortController', async () => {
    const code = readFileSync(path.join(built, 'index.js'), 'utf8');
    const script = await transform(code, { format: 'iife', globalName: 'roadtrip', target: 'es2020' });
    const replies = [accepted(0), completed];
    const keys: string[] = [];
    const sandbox = createContext({
      setTimeout,
      clearTimeout,
      AbortController,
      fetch: async (_url: string, { headers }: { headers: Record<string, string> }) => {
        keys.push(headers['idempotency-key'] ?? '');
        return bareResponse(replies.shift());
      },
    });
    new Script(script.code).runInContext(sandbox);
    const use = `roadtrip.createJobsClient({ baseUrl: 'http://api.test/api/v1/', token: () => 't' })
      .story.generate({ location: { latitude: 35, longitude: -104 } })`;
    expect(await new Script(use).runInContext(sandbox)).toEqual(story);
    expect(keys[0]).toMatch(/^"[\x21-\x7e]{20,}"$/);
  });
});

describe('the client’s types', () => {
  it('are those of the catalog, checked in an app that has no zod and no Node', () => {
    const app = path.join(folder, 'app');
    mkdirSync(path.join(app, 'node_modules'), { recursive: true });
    symlinkSync(built, path.join(app, 'node_modules/roadtrip-jobs-client'));
    writeFileSync(path.join(app, 'app.ts'), appSource);
    expect(compile(app, ['app.ts'], { skipLibCheck: false })).toBe('');
  });

  it('can be put in place of the ones they were made from, and the other way round', () => {
    const contract = path.join(root, 'shared/client/contract.ts');
    writeFileSync(path.join(folder, 'same.ts'), sameSource(contract, path.join(built, 'contract.js')));
    expect(compile(folder, ['same.ts'], { allowImportingTsExtensions: true })).toBe('');
  });
});

const appSource = `
import { createJobsClient, JobFailedError, ProblemError, type Results } from 'roadtrip-jobs-client';
const client = createJobsClient({ baseUrl: 'https://api.test', token: async () => 't' });
const location = { latitude: 35, longitude: -104 };
export async function use(signal: AbortSignal): Promise<string> {
  const story: Results['generate_story'] = await client.story.generate({ location, include_voice: true }, {
    signal,
    onProgress: ({ progress, result }) => result?.content.slice(0, progress),
  });
  const words: string = story.audio_words_url ?? story.title;
  const speech = await client.jobs.run('synthesize_voice', { text: words, voice_personality: 'ranger' });
  const batch = await client.batch.stories({ routes: [{ origin: 'Moab', destination: 'Flagstaff' }] }, {
    onProgress: ({ counts }) => counts?.pending,
  });
  const failed: number | undefined = batch.counts?.failed;
  if (failed !== undefined) return batch.routes[0]?.problem?.message ?? batch.stories[0]?.job_id ?? '';
  const { children } = await client.jobs.batch('01J', { signal });
  const { last_seq } = await client.jobs.events('01J');
  const { events } = await client.jobs.events('01J', { after: last_seq, signal });
  if (children[0]?.arrives_after === undefined) return events[0]?.message ?? '';
  const job = await client.jobs.follow('01J', { onProgress: ({ type }) => type });
  if (job.type === 'generate_story') return job.result.content;
  const answer = await client.assistant.ask({ message: 'Where are we?', location }, { signal });
  if (answer.type === 'immediate') return answer.answer;
  if (answer.job_type === 'generate_story') return answer.result.title;
  if (answer.result.facts.length > 0) return answer.result.answer;
  return speech.audio_url;
}
export function codeOf(error: unknown): string | undefined {
  if (error instanceof ProblemError) return error.errors[0]?.path ?? error.code;
  if (error instanceof JobFailedError) return error.job.job_id;
}
export async function wake(): Promise<string | undefined> {
  const job = { type: 'generate_story', body: { location } } as const;
  const schedule = await client.schedules.create({ cron: '0 8 * * 1-5', time_zone: 'America/Denver', job });
  await client.schedules.remove(schedule.schedule_id);
  return (await client.schedules.list())[0]?.next_run_at;
}
export async function look(photo: Blob, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<string> {
  const { processed_url } = await client.uploads.photo(photo, { include_place: true, signal, cancelOnAbort: true });
  await client.uploads.photo(bytes, { contentType: 'image/png', onUploaded: (key) => key.length });
  for await (const { job_id } of client.jobs.recent({ type: 'process_image', status: 'processing' })) {
    const { status } = await client.jobs.cancel(job_id);
    if (status === 'cancelled') return (await client.jobs.retry(job_id)).job_id + (await client.webhooks.secret());
  }
  return processed_url;
}
// @ts-expect-error there is no such state
client.jobs.recent({ status: 'lost' });
// @ts-expect-error a photo cannot be scheduled
void client.schedules.create({ every: 3600, job: { type: 'process_image', body: {} } });
// @ts-expect-error a story needs a location
void client.story.generate({});
// @ts-expect-error there is no such voice
void client.voice.synthesize({ text: 'Hello', voice_personality: 'MORGAN' });
// @ts-expect-error an operator's route is not the app's
void client.jobs.submit('probe_queue', {});
`;

function sameSource(derived: string, published: string): string {
  const names = [
    'SubmitRoutes',
    'Bodies',
    'Results',
    'BasePath',
    'StatusPath',
    'HealthPath',
    'CancelPath',
    'RecentPath',
    'RetryPath',
    'WebhookSecretPath',
    'BatchPath',
    'Batch',
    'EventsPath',
    'JobEvents',
    'UploadsPath',
    'UploadRequest',
    'UploadForm',
    'JobSummary',
    'SchedulesPath',
    'SchedulePath',
    'ScheduleRequest',
    'Schedule',
    'AssistantPath',
    'AskAssistantRequest',
    'ImmediateAnswer',
    'AsyncAnswer',
    'JobView',
    'Health',
    'Problem',
    'WebhookEvent',
  ];
  const checks = names.flatMap((name) => [
    `export const ${name}A = (type: Full<Derived.${name}>): Full<Published.${name}> => type;`,
    `export const ${name}B = (type: Full<Published.${name}>): Full<Derived.${name}> => type;`,
  ]);
  return [
    `import type * as Derived from '${derived}';`,
    `import type * as Published from '${published}';`,
    // With every field required: else one that is optional could be missing on one side.
    'type Full<T> = T extends object ? { [K in keyof T]-?: Full<T[K]> } : T;',
    ...checks,
  ].join('\n');
}

/** The compiler's messages. */
function compile(directory: string, files: string[], options: Readonly<Record<string, unknown>>): string {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2024',
    lib: ['es2024', 'dom'],
    types: [],
    module: 'esnext',
    moduleResolution: 'bundler',
    skipLibCheck: true,
    ...options,
  };
  const project = path.join(directory, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  try {
    return execFileSync(process.execPath, [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      project,
    ]).toString();
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

/** What React Native's fetch is sure to give. */
function bareResponse(reply: Reply | undefined) {
  const { status, body, headers = {} } = reply ?? { status: 500 };
  return {
    status,
    ok: status < 300,
    headers: { get: (name: string) => headers[name] ?? null },
    text: async () => JSON.stringify(body),
  };
}
