import { afterAll, expect, test, vi } from 'vitest';
import { startLocalSqs } from '../support/local-sqs.ts';

const local = await startLocalSqs();
const { clock, createQueue, send, receive, bodies, counts, sqs } = local;
afterAll(local.close);

/** Long polling: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html */
async function startPoll(queueUrl: string, waitSeconds = 20, max = 10): Promise<Promise<(string | undefined)[]>[]> {
  const before = clock.pending;
  const poll = bodies(queueUrl, { WaitTimeSeconds: waitSeconds, MaxNumberOfMessages: max });
  await vi.waitFor(() => expect(clock.pending).toBe(before + 1));
  // In an array, because awaiting this function must not await the poll.
  return [poll];
}

test('a long poll gets a message as soon as it is sent', async () => {
  const queueUrl = createQueue();
  const [poll] = await startPoll(queueUrl);
  await send(queueUrl, 'x');
  expect(await poll).toEqual(['x']);
});

test('a long poll comes back empty when its wait is over, and not before', async () => {
  const queueUrl = createQueue({ ReceiveMessageWaitTimeSeconds: 20 });
  const before = clock.pending;
  const isOver = vi.fn();
  const poll = bodies(queueUrl);
  void poll.then(isOver);
  await vi.waitFor(() => expect(clock.pending).toBe(before + 1));
  clock.advance(19_999);
  expect(await counts(queueUrl)).toBe('0/0/0');
  expect(isOver).not.toHaveBeenCalled();
  clock.advance(1);
  expect(await poll).toEqual([]);
});

test('a long poll gets a message whose delay or visibility time-out ends', async () => {
  const queueUrl = createQueue();
  await send(queueUrl, 'delayed', { DelaySeconds: 5 });
  const [first] = await startPoll(queueUrl);
  clock.advance(5_000);
  expect(await first).toEqual(['delayed']);
  const [second] = await startPoll(queueUrl, 20);
  clock.advance(20_000);
  expect(await second).toEqual([]);
  const [third] = await startPoll(queueUrl, 20);
  clock.advance(10_000);
  expect(await third).toEqual(['delayed']);
});

test('a long poll on a dead-letter queue gets a message that is moved there', async () => {
  const deadLetterUrl = createQueue();
  const RedrivePolicy = { deadLetterTargetArn: sqs.queue(deadLetterUrl).arn, maxReceiveCount: 1 };
  const queueUrl = createQueue({ RedrivePolicy, VisibilityTimeout: 0 });
  await send(queueUrl, 'x');
  await receive(queueUrl);
  const [poll] = await startPoll(deadLetterUrl);
  await receive(queueUrl);
  expect(await poll).toEqual(['x']);
});

test('one message ends one of two polls, the longer waiting one; the other waits on', async () => {
  const queueUrl = createQueue();
  const [first] = await startPoll(queueUrl);
  const [second] = await startPoll(queueUrl);
  await send(queueUrl, 'x');
  expect(await first).toEqual(['x']);
  await send(queueUrl, 'y');
  expect(await second).toEqual(['y']);
});

test('messages sent in one batch end as many polls as they can fill', async () => {
  const queueUrl = createQueue();
  const [first] = await startPoll(queueUrl, 20, 1);
  const [second] = await startPoll(queueUrl, 20, 10);
  for (const body of ['a', 'b', 'c']) sqs.queue(queueUrl).send({ body, senderId: 'x' });
  expect(await first).toEqual(['a']);
  expect(await second).toEqual(['b', 'c']);
});

test('a poller that hangs up takes no message with it', async () => {
  const queueUrl = createQueue();
  const before = clock.pending;
  const hangUp = new AbortController();
  const request = receive(queueUrl, { WaitTimeSeconds: 20 }, hangUp.signal);
  await vi.waitFor(() => expect(clock.pending).toBe(before + 1));
  hangUp.abort();
  await expect(request).rejects.toMatchObject({ name: 'AbortError' });
  await vi.waitFor(() => expect(clock.pending).toBe(before));
  await send(queueUrl, 'x');
  expect(await counts(queueUrl)).toBe('1/0/0');
  expect(await bodies(queueUrl)).toEqual(['x']);
});

test('an event source mapping that stops ends its wait and takes nothing', async () => {
  const queue = sqs.queue(createQueue());
  const stop = new AbortController();
  const poll = queue.receive({ max: 10, waitMs: 20_000, signal: stop.signal });
  stop.abort();
  expect(await poll).toEqual([]);
  queue.send({ body: 'x', senderId: 'x' });
  expect(await queue.receive({ max: 10, waitMs: 20_000, signal: stop.signal })).toEqual([]);
  expect(queue.counts()).toMatchObject({ visible: 1, inFlight: 0 });
});

test('closing ends every poll and leaves no timer behind', async () => {
  const other = await startLocalSqs();
  const queue = other.sqs.createQueue('closing', {});
  queue.send({ body: 'x', senderId: 'x' }, 900);
  const poll = queue.receive({ max: 1, waitMs: 20_000 });
  await other.close();
  expect(await poll).toEqual([]);
  expect(other.clock.pending).toBe(0);
});
