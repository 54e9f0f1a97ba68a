import type { Fault } from './call.ts';

/**
 * The message is delivered twice, the second time so much later. SQS hands out one message twice, here there are two: the product must not
 * tell them apart. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html
 */
export function deliverTwice(secondsBetween = 0): Fault {
  return async ({ request }, carryOut) => {
    const answer = await carryOut();
    const message: { DelaySeconds?: number } = JSON.parse(request.body.toString());
    const DelaySeconds = Math.min(900, (message.DelaySeconds ?? 0) + secondsBetween);
    await carryOut({ ...request, body: Buffer.from(JSON.stringify({ ...message, DelaySeconds })) });
    return answer;
  };
}
