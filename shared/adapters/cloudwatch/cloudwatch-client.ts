import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { requestLimits } from '../request-limits.ts';

/** One client a function. Only operators wait for it, and what it knows is not worth a long wait. */
export function createCloudWatchClient(): CloudWatchClient {
  return new CloudWatchClient({ maxAttempts: 2, requestHandler: requestLimits(500, 3_000) });
}
