import { PollyClient } from '@aws-sdk/client-polly';

/** One client a function; tries again at once only briefly, for the same reason as the model's. */
export function createPollyClient(): PollyClient {
  return new PollyClient({ maxAttempts: 3, requestHandler: { requestTimeout: 30_000, sessionTimeout: 30_000 } });
}
