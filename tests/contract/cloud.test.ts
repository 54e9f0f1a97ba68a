import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../infra/local/clock.ts';
import { type CloudOptions, type LocalCloud, startCloud } from '../../infra/local/cloud.ts';
import { writeThingAssembly } from '../support/thing-assembly.ts';

const running = new Set<LocalCloud>();

afterEach(async () => {
  await Promise.all([...running].map((cloud) => cloud.close()));
  running.clear();
});

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'cloud-'));

async function start(options: Partial<CloudOptions> = {}): Promise<LocalCloud> {
  const cloud = await startCloud({
    cdkOut: writeThingAssembly(),
    dataFolder: newFolder(),
    httpPort: 0,
    clock: systemClock,
    log: () => {},
    ...options,
  });
  running.add(cloud);
  return cloud;
}

async function post(cloud: LocalCloud, body: unknown, scope = 'things:write'): Promise<Response> {
  const token = await cloud.issueToken({ owner: 'ada', scope });
  return fetch(`${cloud.apiUrl}/things`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, origin: 'https://app.example' },
    body: JSON.stringify(body),
  });
}

const read = (cloud: LocalCloud, id: string) => fetch(`${cloud.apiUrl}/things/${id}`);

const untilStored = (cloud: LocalCloud, id: string) =>
  vi.waitFor(async () => expect((await read(cloud, id)).status).toBe(200), { timeout: 10_000, interval: 20 });

test('a request goes through API, queue and consumer into the table, as the template says', async () => {
  const dataFolder = newFolder();
  const cloud = await start({ dataFolder });

  const answer = await post(cloud, { id: 'one', text: 'hello' });
  expect(answer.status).toBe(202);
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(await answer.json()).toEqual({ owner: 'ada' });

  await untilStored(cloud, 'one');
  expect(await (await read(cloud, 'one')).json()).toEqual({ id: 'one', text: 'hello' });
  const log = readFileSync(path.join(dataFolder, 'logs/store-thing.log'), 'utf8');
  expect(log).toContain('received 1 of arn:aws:sqs:us-east-1:000000000000:data-queue');
  const empty = { visible: 0, inFlight: 0, delayed: 0 };
  await vi.waitFor(() => expect(cloud.stats().queues['data-queue']).toMatchObject(empty), { interval: 5 });
});

test('the authorizer of the template judges tokens of the local issuer', async () => {
  const cloud = await start();
  expect((await fetch(`${cloud.apiUrl}/things`, { method: 'POST' })).status).toBe(401);
  expect((await post(cloud, { id: 'x' }, 'things:read')).status).toBe(403);
});

test('a route whose function the API may not call stops the start, as on AWS each of its requests would fail', async () => {
  const Target = { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] };
  const Unmatched = { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: '$default', Target } };
  await expect(start({ cdkOut: writeThingAssembly({ more: { Unmatched } }) })).rejects.toThrow(
    /service\/Unmatched: no AWS::Lambda::Permission lets the API call .*:live for \$default/,
  );
});

test('everything stored is there again after a restart, and tokens of the earlier start are still good', async () => {
  const dataFolder = newFolder();
  const cdkOut = writeThingAssembly();
  const first = await start({ dataFolder, cdkOut });
  const token = await first.issueToken({ owner: 'ada', scope: 'things:write' });
  await post(first, { id: 'kept' });
  await untilStored(first, 'kept');
  await first.close();

  const second = await start({ dataFolder, cdkOut });
  expect((await read(second, 'kept')).status).toBe(200);
  const body = JSON.stringify({ id: 'later' });
  const answer = await fetch(`${second.apiUrl}/things`, { method: 'POST', headers: { authorization: token }, body });
  expect(answer.status).toBe(202);
});

test('every job is reconciled before a start is over, and leases of before this start count as abandoned', async () => {
  const before = Date.now();
  const cloud = await start();
  const event = JSON.parse(await (await read(cloud, 'reconciled')).text());
  expect(event.everything).toBe(true);
  expect(Date.parse(event.abandoned_before)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(event.abandoned_before)).toBeLessThanOrEqual(Date.now());
});

test('a start whose jobs cannot be reconciled fails, says where to look, and leaves the folder free', async () => {
  const dataFolder = newFolder();
  const failing = start({ dataFolder, cdkOut: writeThingAssembly({ reconcilerFails: true }) });
  await expect(failing).rejects.toThrow(/the table is on fire\nSee .*logs\/reconcile-jobs\.log/);
  await expect(start({ dataFolder })).resolves.toBeDefined();
});

test('closing lets a running invocation finish and keeps what it did', async () => {
  const dataFolder = newFolder();
  const cdkOut = writeThingAssembly();
  const cloud = await start({ dataFolder, cdkOut });
  await post(cloud, { id: 'slow', wait: 700 });
  await vi.waitFor(() => expect(cloud.stats().queues['data-queue']?.inFlight).toBe(1), { interval: 5 });
  await cloud.close();
  const again = await start({ dataFolder, cdkOut });
  expect((await read(again, 'slow')).status).toBe(200);
});

test('closing ends an invocation that takes too long, within two seconds', async () => {
  const cloud = await start();
  await post(cloud, { id: 'endless', wait: 4_500 });
  await vi.waitFor(() => expect(cloud.stats().queues['data-queue']?.inFlight).toBe(1), { interval: 5 });
  const startedAt = performance.now();
  await cloud.close();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test('a second cloud on the same data is refused with the first one’s process id', async () => {
  const dataFolder = newFolder();
  await start({ dataFolder });
  await expect(start({ dataFolder })).rejects.toThrow(`is already running: process ${process.pid}`);
});

test('a taken port is refused and nothing is left behind', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const dataFolder = newFolder();
  await expect(start({ dataFolder, httpPort: port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  taken.close();
  expect(existsSync(path.join(dataFolder, 'owner.json'))).toBe(false);
});

test('a function is run by its short or its physical name', async () => {
  const cloud = await start();
  const event = { Records: [{ body: JSON.stringify({ id: 'by-hand' }), eventSourceARN: 'arn:aws:sqs:::x' }] };
  expect(await cloud.invoke('store-thing', event)).toMatchObject({ status: 'succeeded' });
  expect(await cloud.invoke('service-storething', event)).toMatchObject({ status: 'succeeded' });
  expect((await read(cloud, 'by-hand')).status).toBe(200);
});

test('a function whose role lacks a permission is refused by the service, with the words of AWS', async () => {
  const failing = start({ cdkOut: writeThingAssembly({ without: 'dynamodb:PutItem' }) });
  await expect(failing).rejects.toThrow(
    /assumed-role\/service-reconcilejobsrole\/service-reconcilejobs is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/data-things/,
  );
});

test('a start whose consumer may not take messages from its queue is refused, and names what is missing', async () => {
  const failing = start({ cdkOut: writeThingAssembly({ without: 'sqs:ReceiveMessage' }) });
  await expect(failing).rejects.toThrow(/service-feed: .*sqs:ReceiveMessage on resource: .*data-queue/);
});

test('a function without a role of the template is refused', async () => {
  const Role = 'arn:aws:iam::000000000000:role/elsewhere';
  await expect(start({ cdkOut: writeThingAssembly({ reconcilerRole: Role }) })).rejects.toThrow(
    /no role arn:aws:iam.*elsewhere/,
  );
});

test('functions that call AWS itself have the keys that were given, roles are not enforced, and the start says so', async () => {
  const lines: string[] = [];
  const cloud = await start({
    cdkOut: writeThingAssembly({ without: 'dynamodb:PutItem' }),
    credentials: { accessKeyId: 'AKIAGIVEN', secretAccessKey: 'given' },
    endpoints: { polly: 'https://polly.us-east-1.amazonaws.com' },
    log: (line) => lines.push(line),
  });
  expect((await read(cloud, 'reconciled')).status).toBe(200);
  expect(lines.join()).toContain('their roles are not enforced');
});
