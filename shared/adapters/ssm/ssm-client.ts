import { SSMClient } from '@aws-sdk/client-ssm';
import { requestLimits } from '../request-limits.ts';

/** One client a function; a secret is read once in minutes, so a slow answer may be waited for. */
export function createSsmClient(): SSMClient {
  return new SSMClient({ maxAttempts: 3, requestHandler: requestLimits(1_000, 3_000) });
}
