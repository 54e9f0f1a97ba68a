import { afterAll, expect, it } from 'vitest';
import { SqsQueueCounter } from '../../shared/adapters/sqs/sqs-queue-counter.ts';
import { type QueueName, queueNames } from '../../shared/catalog/queues.ts';
import { startLocalSqs } from '../support/local-sqs.ts';

const { client, clock, close, createQueue, receive, send } = await startLocalSqs();
afterAll(close);

/** One queue has the URL, all others are one empty queue. */
function urlsWith(analytics: string): Readonly<Record<QueueName, string>> {
  const empty = createQueue();
  return {
    booking: empty,
    voice_synthesis: empty,
    notifications: empty,
    ai_generation: empty,
    default: empty,
    image_processing: empty,
    analytics,
  };
}

it('counts what waits, what is being worked on, what is kept back, and every dead letter', async () => {
  const [queueUrl, deadLetterUrl] = [createQueue(), createQueue()];
  const counter = new SqsQueueCounter(client, urlsWith(queueUrl), urlsWith(deadLetterUrl));
  for (const body of ['taken', 'first', 'second', 'third']) await send(queueUrl, body);
  await receive(queueUrl, { MaxNumberOfMessages: 1 });
  for (const body of ['kept back', 'too']) await send(queueUrl, body, { DelaySeconds: 60 });
  for (const body of ['dead', 'dead and taken']) await send(deadLetterUrl, body);
  await receive(deadLetterUrl, { MaxNumberOfMessages: 1 });
  expect(await counter.count('analytics')).toEqual({ waiting: 3, inFlight: 1, delayed: 2, deadLetters: 2 });
  clock.advance(60_000);
  expect(await counter.count('analytics')).toMatchObject({ waiting: 6, inFlight: 0, delayed: 0 });
  for (const name of queueNames.filter((each) => each !== 'analytics')) {
    expect(await counter.count(name)).toEqual({ waiting: 0, inFlight: 0, delayed: 0, deadLetters: 0 });
  }
});
