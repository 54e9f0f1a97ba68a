import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';

/** One client a function. Two tries at most: the job's own retry policy spreads the rest over time instead of hurrying them. */
export function createBedrockClient(): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    maxAttempts: 2,
    requestHandler: { requestTimeout: 60_000, sessionTimeout: 60_000 },
  });
}
