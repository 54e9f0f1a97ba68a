import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SqsJobQueues } from '../../shared/adapters/sqs/sqs-job-queues.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import type { JobMessage } from '../../shared/domain/job.ts';
import type { JobQueues } from '../../shared/domain/ports.ts';
import { newId } from '../support/job-builder.ts';
import { startLocalSqs } from '../support/local-sqs.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { RecordedQueues } from '../support/recorded-queues.ts';

interface JobQueuesFixture {
  readonly queues: JobQueues;
  /** What consumers can see of all queues now, taken from them. */
  receive(): Promise<readonly JobMessage[]>;
  advance(milliseconds: number): void;
}

/** What everything that carries jobs to consumers promises (shared/domain/ports.ts), whatever it is made of. */
function describeJobQueues(name: string, start: () => JobQueuesFixture): void {
  describe(name, () => {
    const message = (): JobMessage => ({ v: 1, id: newId(), visit: 3 });
    const now = { owner: 'ada', delaySeconds: 0 };

    it('bring a message to a consumer once, as it was sent', async () => {
      const { queues, receive } = start();
      const sent = message();
      await queues.send('booking', sent, now);
      expect(await receive()).toEqual([sent]);
      expect(await receive()).toEqual([]);
    });

    it('bring a message that is sent twice twice', async () => {
      const { queues, receive } = start();
      const sent = message();
      for (let times = 0; times < 2; times++) await queues.send('analytics', sent, now);
      expect(await receive()).toEqual([sent, sent]);
    });

    it('keep a message back for its delay, the longest of which is a quarter of an hour', async () => {
      const { queues, receive, advance } = start();
      const sent = message();
      await queues.send('default', sent, { ...now, delaySeconds: 900 });
      advance(899_999);
      expect(await receive()).toEqual([]);
      advance(1);
      expect(await receive()).toEqual([sent]);
    });

    it.each([901, 1.5])('refuse a delay of %d seconds, and then bring nothing', async (delaySeconds) => {
      const { queues, receive, advance } = start();
      await expect(queues.send('default', message(), { ...now, delaySeconds })).rejects.toThrow();
      advance(2_000_000);
      expect(await receive()).toEqual([]);
    });
  });
}

describeJobQueues('job queues in memory', () => {
  const clock = new ManualClock();
  const queues = new RecordedQueues(() => clock.now());
  const receive = async () => {
    const messages = [];
    for (let next = queues.receive(); next; next = queues.receive()) messages.push(next.message);
    return messages;
  };
  return { queues, receive, advance: (milliseconds) => clock.advance(milliseconds) };
});

const sqs = await startLocalSqs();
afterAll(sqs.close);

const QueueUrls = z.record(z.enum(queueNames), z.string());
const Message = z.object({ v: z.literal(1), id: z.string(), visit: z.number() });

describeJobQueues('job queues on SQS', () => {
  const url = sqs.createQueue({ VisibilityTimeout: 43_200 });
  const urls = QueueUrls.parse(Object.fromEntries(queueNames.map((name) => [name, url])));
  return {
    queues: new SqsJobQueues(sqs.client, urls),
    receive: async () => (await sqs.bodies(url)).map((body) => Message.parse(JSON.parse(body ?? ''))),
    advance: (milliseconds) => sqs.clock.advance(milliseconds),
  };
});
