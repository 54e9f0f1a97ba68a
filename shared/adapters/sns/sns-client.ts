import { SNSClient } from '@aws-sdk/client-sns';
import { requestLimits } from '../request-limits.ts';

/** One client a function. It asks once: a message that nobody confirmed would be repeated otherwise. */
export function createSnsClient(): SNSClient {
  return new SNSClient({ maxAttempts: 1, requestHandler: requestLimits(1_000, 10_000) });
}
