import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ScriptedAnswer, startScriptedHttp } from '../../support/scripted-http.ts';

type Api = Awaited<ReturnType<typeof startScriptedHttp>>;

let api: Api;
beforeEach(async () => {
  api = await startScriptedHttp();
});
afterEach(() => api.close());

const stats = (consumer: string, in_flight: number): ScriptedAnswer => ({
  status: 200,
  body: {
    queues: ['booking', 'a queue of the next release'].map((queue) => ({
      queue,
      carries: 'narration',
      consumer,
      waiting: 2,
      delayed: 1,
      in_flight,
      wait_limit: 1_800,
    })),
  },
});

const problem = (status: number, code: string): ScriptedAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
  body: { code, title: 'No', detail: 'Not now' },
});

/** Answers a look from the first list and a switch from the second, in turn; the last answer of each goes on. */
function script(looks: readonly ScriptedAnswer[], turns: readonly ScriptedAnswer[] = [{ status: 200, body: {} }]) {
  const left = { GET: [...looks], POST: [...turns] };
  api.answer = () => {
    const list = left[api.seen.at(-1)?.method === 'GET' ? 'GET' : 'POST'];
    const [answer] = list.length > 1 ? list.splice(0, 1) : list;
    return answer ?? problem(404, 'not_found');
  };
}

function start(args: readonly string[], token?: string) {
  const child = spawn(process.execPath, ['infra/commands/drain.ts', ...args], {
    cwd: path.resolve(import.meta.dirname, '../../..'),
    env: { ...process.env, ROADTRIP_JOBS_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { child, ended: ended.then(([status, output, errors]) => ({ status, output, errors })) };
}

const drain = (...args: readonly string[]) => start(['--api', api.url, ...args], 'a-token').ended;

const switches = () => api.seen.filter(({ method }) => method === 'POST').map((request) => request.path);

const base = '/api/v1/ops/queues';

it('pauses every queue that the stage has, heeds 409, and tells at the end what waits and for how long it may', async () => {
  const changing = problem(409, 'consumer_changing');
  script([stats('running', 0), stats('pausing', 1), stats('paused', 0)], [changing, { status: 200, body: {} }]);
  const { status, output, errors } = await drain('--quiet', '0');
  expect(status).toBe(0);
  const other = `${base}/a%20queue%20of%20the%20next%20release/pause`;
  expect(switches()).toEqual([other, other, `${base}/booking/pause`]);
  expect(api.seen.every(({ headers }) => headers.authorization === 'Bearer a-token')).toBe(true);
  expect(errors).toContain('is being changed; asked again in 1 s');
  expect(output).toContain('Drained: all 2 queues are paused and nothing is in flight. Messages waiting: 6.');
  expect(output).toContain('narration (booking) may wait 30 minutes, the shortest time');
  expect(output).toContain(`npm run drain -- --api ${api.url} --resume`);
});

it('resumes what it has paused on Ctrl-C, and exits 130', async () => {
  script([stats('running', 1), stats('paused', 1)]);
  const { child, ended } = start(['--api', api.url], 'a-token');
  child.stderr.on('data', (line: Buffer) => line.includes('in flight: booking 1') && child.kill('SIGINT'));
  const { status, output, errors } = await ended;
  expect(status).toBe(130);
  expect(output).toBe('');
  expect(errors).toMatch(/All of them are resumed\.\nStopped\.\n$/);
  expect(switches().slice(2)).toEqual([
    `${base}/booking/resume`,
    `${base}/a%20queue%20of%20the%20next%20release/resume`,
  ]);
});

it('resumes all that is paused with --resume', async () => {
  script([stats('paused', 0), stats('running', 0)]);
  const { status, output } = await drain('--resume');
  expect(status).toBe(0);
  expect(switches()).toEqual([`${base}/booking/resume`, `${base}/a%20queue%20of%20the%20next%20release/resume`]);
  expect(output).toBe('Resumed: booking, a queue of the next release.\n');
});

it.each([
  { mistake: 'of nobody', answer: problem(401, 'unauthorized'), says: 'The token is not accepted (401)' },
  {
    mistake: 'that may not look',
    answer: problem(403, 'forbidden'),
    says: 'The token lacks the scope ops:read (403 to GET /jobs/queue/stats)',
  },
])('changes nothing with a token $mistake, and says what is wrong', async ({ answer, says }) => {
  script([answer]);
  const { status, errors } = await drain();
  expect(errors).toContain(says);
  expect(status).toBe(1);
  expect(switches()).toEqual([]);
});

it('says which scope a token lacks that may only look, and claims no pause', async () => {
  script([stats('running', 0)], [problem(403, 'forbidden')]);
  const { status, errors } = await drain();
  expect(errors).toContain('The token lacks the scope ops:write (403 to POST /ops/queues/');
  expect(errors).not.toContain('Resuming');
  expect(status).toBe(1);
  expect(switches()).toHaveLength(1);
});

it('says that the API does not answer, and why', async () => {
  const { url } = api;
  await api.close();
  const { status, errors } = await start(['--api', url], 'a-token').ended;
  expect(errors).toMatch(new RegExp(`^${url} does not answer: .*ECONNREFUSED.*\\.\n$`));
  expect(status).toBe(1);
});

it.each([
  { args: ['--api', 'http://127.0.0.1:9'], token: undefined, says: 'ROADTRIP_JOBS_TOKEN is not set' },
  { args: [], token: 'a', says: '--api must be the address of the API' },
  { args: ['--api', 'http://127.0.0.1:9', '--quiet', 'long'], token: 'a', says: '--quiet must be a number of seconds' },
  { args: ['--api', 'http://127.0.0.1:9', '--timeout', ''], token: 'a', says: '--timeout must be a number of seconds' },
  { args: ['--pause'], token: 'a', says: "Unknown option '--pause'. `--help` lists the options." },
])('refuses $args with "$says"', async ({ args, token, says }) => {
  const { status, errors } = await start(args, token).ended;
  expect(errors).toContain(says);
  expect(status).toBe(2);
});

it('tells with --help what is left paused when', async () => {
  const { status, output } = await start(['--help']).ended;
  expect(output).toContain('Only exit code 0 leaves queues paused.');
  expect(output).toContain('the shortest being 30 minutes');
  expect(status).toBe(0);
});
