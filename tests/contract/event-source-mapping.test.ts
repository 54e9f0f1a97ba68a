// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { InvokeResult } from '../../infra/local/aws/lambda/function.ts';
import { endMappings, setUpMapping as setUp, VISIBILITY_MS } from '../support/local-mapping.ts';

afterEach(endMappings);

test('a message becomes the record Lambda documents, and is deleted when the handler succeeds', async () => {
  const { queue, start, batches, isEmpty } = setUp();
  queue.send({
    body: '{"name":"a"}',
    senderId: 'AIDALOCAL',
    groupId: 'owner-1',
    attributes: { visit: { DataType: 'Number', StringValue: '2' } },
  });
  start();
  await vi.waitFor(isEmpty);
  expect(batches()[0].records[0]).toMatchObject({
    messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    receiptHandle: expect.any(String),
    body: '{"name":"a"}',
    attributes: { ApproximateReceiveCount: '1', SenderId: 'AIDALOCAL', MessageGroupId: 'owner-1' },
    messageAttributes: {
      visit: { stringValue: '2', dataType: 'Number', stringListValues: [], binaryListValues: [] },
    },
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:stories',
    awsRegion: 'eu-west-1',
  });
});

describe('partial batch answers', () => {
  test('only the failed messages come back, when their visibility time-out ends', async () => {
    const { clock, queue, send, start, names } = setUp();
    send({ name: 'a' });
    send({ name: 'b', fails: true });
    send({ name: 'c' });
    start();
    await vi.waitFor(() => expect(queue.counts()).toMatchObject({ inFlight: 1 }));
    clock.advance(VISIBILITY_MS - 1);
    expect(queue.counts()).toMatchObject({ inFlight: 1 });
    clock.advance(1);
    await vi.waitFor(() => expect(names()).toEqual([['a', 'b', 'c'], ['b']]));
  });

  test.each([
    ['nothing', null],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['something else', { message: 'done' }],
  ])('%s means that every message succeeded', async (_what, answer) => {
    const { send, start, isEmpty } = setUp();
    send({ name: 'a', answer });
    send({ name: 'b' });
    start();
    await vi.waitFor(isEmpty);
  });

  test.each([
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: 'no-such-message' }] }],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null id', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a wrong key', { batchItemFailures: [{ id: 'x' }] }],
    ['no list', { batchItemFailures: 'all' }],
    ['text', 'ok'],
  ])('%s means that every message failed', async (_what, answer) => {
    const { queue, send, start, names } = setUp();
    send({ name: 'a', answer });
    send({ name: 'b' });
    const mapping = start();
    await vi.waitFor(() => expect(names()).toHaveLength(1));
    await mapping.stop(5000);
    expect(queue.counts()).toMatchObject({ visible: 0, inFlight: 2, delayed: 0 });
  });

  test('are ignored by a mapping that was not told to read them', async () => {
    const { send, start, isEmpty } = setUp({ reportBatchItemFailures: false });
    send({ name: 'a', fails: true });
    start();
    await vi.waitFor(isEmpty);
  });
});

test('a handler that throws gives the whole batch back', async () => {
  const { clock, send, start, names } = setUp();
  send({ name: 'a', throws: 'boom' });
  send({ name: 'b' });
  start();
  await vi.waitFor(() => expect(names()).toEqual([['a', 'b']]));
  clock.advance(VISIBILITY_MS);
  await vi.waitFor(() => expect(names().flat().toSorted()).toEqual(['a', 'a', 'b', 'b']));
});

test('no more runs at once than the maximum concurrency, and the rest stays visible', async () => {
  const gate = Promise.withResolvers<void>();
  let started = 0;
  const invoke = async (): Promise<InvokeResult> => {
    started += 1;
    await gate.promise;
    return { status: 'succeeded', requestId: 'any', payload: null };
  };
  const { queue, send, start, isEmpty } = setUp({ batchSize: 1, target: { name: 'gated', invoke } });
  for (const name of ['a', 'b', 'c', 'd', 'e']) send({ name });
  start();
  await vi.waitFor(() => expect(started).toBe(2));
  expect(queue.counts()).toMatchObject({ visible: 3, inFlight: 2 });
  gate.resolve();
  await vi.waitFor(isEmpty);
  expect(started).toBe(5);
});

test('another maximum concurrency counts from the next run on, and within a second while every run is taken', async () => {
  const gates: (() => void)[] = [];
  const invoke = async (): Promise<InvokeResult> => {
    await new Promise<void>((resolve) => gates.push(resolve));
    return { status: 'succeeded', requestId: 'any', payload: null };
  };
  const { clock, queue, send, start, limit } = setUp({ batchSize: 1, target: { name: 'gated', invoke } });
  for (const name of ['a', 'b', 'c', 'd', 'e']) send({ name });
  start();
  await vi.waitFor(() => expect(gates).toHaveLength(2));
  limit(3);
  clock.advance(1_000);
  await vi.waitFor(() => expect(gates).toHaveLength(3));
  limit(2);
  gates[0]?.();
  await vi.waitFor(() => expect(queue.counts()).toMatchObject({ visible: 2, inFlight: 2 }));
  gates[1]?.();
  await vi.waitFor(() => expect(gates, 'there is room for one again').toHaveLength(4));
  expect(queue.counts()).toMatchObject({ visible: 1, inFlight: 2 });
  for (const end of gates) end();
  await vi.waitFor(() => expect(gates).toHaveLength(5));
  gates[4]?.();
});

test('a throttled message is left to its visibility time-out and runs later', async () => {
  const { clock, queue, send, start, names } = setUp({ batchSize: 1 }, { maxConcurrency: 1 });
  send({ name: 'a', waitMs: 200 });
  send({ name: 'b' });
  start();
  await vi.waitFor(() => expect(queue.counts()).toMatchObject({ visible: 0, inFlight: 1 }));
  expect(names()).toEqual([['a']]);
  clock.advance(VISIBILITY_MS);
  await vi.waitFor(() => expect(names()).toEqual([['a'], ['b']]));
});

test('a queue that cannot be read for a moment is asked again', async () => {
  const { clock, queue, send, start, names } = setUp();
  const receive = queue.receive.bind(queue);
  let refusals = 1;
  queue.receive = (options) => (refusals-- > 0 ? Promise.reject(new Error('not now')) : receive(options));
  send({ name: 'a' });
  start();
  await vi.waitFor(() => expect(clock.pending).toBe(1));
  clock.advance(5000);
  await vi.waitFor(() => expect(names()).toEqual([['a']]));
});

describe('the batching window', () => {
  test('closes when its time is over', async () => {
    const { clock, send, start, names } = setUp({ batchSize: 100, batchingWindowSeconds: 5 });
    start();
    send({ name: 'a' });
    await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(1));
    clock.advance(4000);
    send({ name: 'b' });
    await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(2));
    expect(names()).toEqual([]);
    clock.advance(1000);
    await vi.waitFor(() => expect(names()).toEqual([['a', 'b']]));
  });

  test('closes early when the batch is full', async () => {
    const { send, start, names } = setUp({ batchSize: 12, batchingWindowSeconds: 300 });
    for (let index = 0; index < 12; index += 1) send({ name: index });
    start();
    await vi.waitFor(() => expect(names()).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]));
  });
});

describe('stopping', () => {
  test('lets a running invocation finish and takes nothing more', async () => {
    const { queue, send, start, names } = setUp();
    send({ name: 'a', waitMs: 100 });
    const mapping = start();
    await vi.waitFor(() => expect(names()).toEqual([['a']]));
    const stopped = mapping.stop(60_000);
    send({ name: 'b' });
    await stopped;
    expect(queue.counts()).toMatchObject({ visible: 1, inFlight: 0, delayed: 0 });
  });

  test('does not wait longer than it was told', async () => {
    const { clock, send, start, names } = setUp();
    send({ name: 'a', waitMs: 2500 });
    const mapping = start();
    await vi.waitFor(() => expect(names()).toEqual([['a']]));
    const stopped = mapping.stop(1000);
    clock.advance(1000);
    await stopped;
  });
});

test.each([
  [{ batchSize: 11 }, 'BatchSize 11'],
  [{ maximumConcurrency: 1 }, 'MaximumConcurrency 1'],
])('%o is refused as AWS refuses it', (options, message) => {
  expect(setUp(options).start).toThrow(message);
});
