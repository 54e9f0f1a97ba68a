import { describe, expect, it } from 'vitest';
import { createMetricStore } from '../../../infra/local/aws/cloudwatch/metric-store.ts';
import { createSqs } from '../../../infra/local/aws/sqs/create-sqs.ts';
import { createQueueSampler, inTimeOf, secondsBy } from '../../../infra/local/cloud-metrics.ts';
import { timesAsFast } from '../../../infra/local/time-lapse.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const start = Date.UTC(2026, 0, 1);

describe('a clock that goes twelve times as fast', () => {
  it('shows a minute after five seconds, and keeps its appointments by its own time', () => {
    const machine = new ManualClock(start);
    const fast = timesAsFast(12, machine);
    const kept: number[] = [];
    fast.after(60_000, () => kept.push(machine.now() - start));
    machine.advance(5_000);
    expect(kept).toEqual([5_000]);
    expect([fast.now() - start, fast.ahead(), fast.at(start + 2_500) - start]).toEqual([60_000, 55_000, 30_000]);
  });

  it('has what the machine’s time names recorded in the minute that it shows then', () => {
    const machine = new ManualClock(start);
    const fast = timesAsFast(12, machine);
    const store = createMetricStore(start);
    const metric = { namespace: 'Things', name: 'done', dimensions: {} };
    machine.advance(7_000);
    inTimeOf(fast, store).record(metric, 1, start + 6_000);
    expect(store.read(metric, start, start + 60_000)).toBeUndefined();
    expect(store.read(metric, start + 60_000, start + 120_000)).toMatchObject({ sum: 1 });
  });

  it('makes a message as old as its own minutes are many, and an empty queue not old', () => {
    const machine = new ManualClock(start);
    const fast = timesAsFast(12, machine);
    const sqs = createSqs({ clock: machine, queueUrlBase: () => '', account: '1', region: 'us-east-1' });
    const queue = sqs.createQueue('work', {});
    sqs.createQueue('idle', {});
    queue.send({ body: 'a job', senderId: 'somebody' });
    machine.advance(10_000);
    const store = createMetricStore(start);
    const idle = sqs.queue('arn:aws:sqs:us-east-1:1:idle');
    createQueueSampler(store, [queue, idle], secondsBy(fast, machine))(start);
    const age = (QueueName: string) =>
      store.read(
        { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimensions: { QueueName } },
        start,
        start + 60_000,
      )?.maximum;
    expect([age('work'), age('idle')]).toEqual([120, 0]);
    sqs.close();
  });
});
