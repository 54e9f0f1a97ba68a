import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSqs } from '../../infra/local/aws/sqs/create-sqs.ts';
import { ManualClock } from '../support/manual-clock.ts';

type Step =
  | { readonly do: 'send'; readonly group: string | undefined; readonly delaySeconds: number }
  | { readonly do: 'receive'; readonly max: number; readonly visibilityTimeout: number }
  | { readonly do: 'delete' | 'deleteStale' | 'change'; readonly pick: number; readonly seconds: number }
  | { readonly do: 'wait'; readonly ms: number };

const pick = fc.nat({ max: 1000 });
const seconds = fc.constantFrom(0, 1, 5, 30);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      group: fc.constantFrom(undefined, 'a', 'b'),
      delaySeconds: fc.constantFrom(0, 0, 0, 1, 7),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      max: fc.integer({ min: 1, max: 10 }),
      visibilityTimeout: seconds,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('delete' as const, 'delete' as const, 'deleteStale' as const, 'change' as const),
      pick,
      seconds,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 6000 }) }) },
);

const maxReceiveCount = 4;

/** What a receipt says we may still do: `until` is when its message becomes visible again, in milliseconds. */
interface Held {
  readonly id: string;
  readonly receiptHandle: string;
  until: number;
}

/** A queue with its dead-letter queue, a second account of every message beside it, and the totals of all runs. */
class Bookkeeping {
  readonly clock = new ManualClock();
  readonly sqs = createSqs({
    clock: this.clock,
    queueUrlBase: () => 'http://127.0.0.1',
    account: '1',
    region: 'us-east-1',
  });
  readonly deadLetters = this.sqs.createQueue('dead-letters', {});
  readonly queue = this.sqs.createQueue('queue', {
    RedrivePolicy: { deadLetterTargetArn: this.deadLetters.arn, maxReceiveCount },
  });
  /** Receives of every message that is neither deleted nor known to be a dead letter. */
  readonly receives = new Map<string, number>();
  readonly held = new Map<string, Held>();
  readonly stale: string[] = [];
  deletes = 0;

  async perform(step: Step): Promise<void> {
    if (step.do === 'send') {
      const draft = { body: 'x', senderId: 'x', groupId: step.group };
      this.receives.set(this.queue.send(draft, step.delaySeconds), 0);
    } else if (step.do === 'receive') await this.#receive(step.max, step.visibilityTimeout);
    else if (step.do === 'wait') this.clock.advance(step.ms);
    else if (step.do === 'deleteStale') this.#deleteStale(step.pick);
    else this.#actOnHeld(step.do, step.pick, step.seconds);
  }

  /** Every message is somewhere, exactly once. */
  check(): void {
    const here = this.queue.counts();
    const dead = this.deadLetters.counts();
    expect(here.visible + here.inFlight + here.delayed + dead.visible).toBe(this.receives.size);
  }

  async #receive(max: number, visibilityTimeout: number): Promise<void> {
    const messages = await this.queue.receive({ max, waitMs: 0, visibilityTimeout });
    expect(new Set(messages.map((message) => message.messageId)).size).toBe(messages.length);
    for (const { messageId: id, receiptHandle, systemAttributes } of messages) {
      const before = this.held.get(id);
      expect(before?.until ?? 0, 'received while invisible').toBeLessThanOrEqual(this.clock.now());
      if (before) this.stale.push(before.receiptHandle);
      const receiveCount = (this.receives.get(id) ?? Number.NaN) + 1;
      expect(Number(systemAttributes.ApproximateReceiveCount), 'deleted, or never sent').toBe(receiveCount);
      expect(receiveCount).toBeLessThanOrEqual(maxReceiveCount);
      this.receives.set(id, receiveCount);
      this.held.set(id, { id, receiptHandle, until: this.clock.now() + visibilityTimeout * 1000 });
    }
  }

  #actOnHeld(act: 'delete' | 'change', pick: number, seconds: number): void {
    const held = [...this.held.values()][pick % Math.max(1, this.held.size)];
    if (!held) return;
    if (act === 'delete') this.#delete(held);
    else if (held.until > this.clock.now()) {
      this.queue.changeVisibility(held.receiptHandle, seconds);
      held.until = this.clock.now() + seconds * 1000;
    }
  }

  #delete(held: Held): void {
    const before = this.queue.counts();
    this.queue.delete(held.receiptHandle);
    const after = this.queue.counts();
    const removed = before.visible + before.inFlight - after.visible - after.inFlight;
    const isInFlight = held.until > this.clock.now();
    if (isInFlight) expect(removed, 'a receipt in flight must delete').toBe(1);
    // Visible again, it is deleted too, unless the last receive sent it to the dead-letter queue meanwhile.
    if (removed === 1) this.receives.delete(held.id);
    this.held.delete(held.id);
    this.stale.push(held.receiptHandle);
    this.deletes += removed;
  }

  #deleteStale(pick: number): void {
    const receiptHandle = this.stale[pick % Math.max(1, this.stale.length)];
    if (receiptHandle === undefined) return;
    const before = this.queue.counts();
    this.queue.delete(receiptHandle);
    expect(this.queue.counts()).toEqual(before);
  }
}

test('no message is lost, delivered while invisible, or seen again after its deletion', {
  timeout: 60_000,
}, async () => {
  let sent = 0;
  let deleted = 0;
  let dead = 0;
  const property = fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 400, size: 'max' }), async (steps) => {
    const books = new Bookkeeping();
    for (const each of steps) {
      await books.perform(each);
      books.check();
    }
    sent += books.receives.size + books.deletes;
    deleted += books.deletes;
    dead += books.deadLetters.counts().visible;
    books.sqs.close();
    expect(books.clock.pending).toBe(0);
  });
  await fc.assert(property, { numRuns: 200 });
  // A run that hardly deletes, or never buries, would prove little.
  expect(deleted).toBeGreaterThan(sent / 4);
  expect(dead).toBeGreaterThan(100);
});
