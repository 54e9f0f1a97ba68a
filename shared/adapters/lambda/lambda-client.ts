import { LambdaClient } from '@aws-sdk/client-lambda';
import { requestLimits } from '../request-limits.ts';

/** One client a function. Lambda's own API answers slower than the services that jobs go through, and only operators wait for it. */
export function createLambdaClient(): LambdaClient {
  return new LambdaClient({ maxAttempts: 2, requestHandler: requestLimits(500, 2_500) });
}
