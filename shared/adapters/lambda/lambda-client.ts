import { LambdaClient } from '@aws-sdk/client-lambda';

/** One client a function. Lambda's own API answers slower than the services that jobs go through, and only operators wait for it. */
export function createLambdaClient(): LambdaClient {
  return new LambdaClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 500, requestTimeout: 2_500 } });
}
