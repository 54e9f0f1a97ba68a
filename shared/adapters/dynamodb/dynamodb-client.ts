import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requestLimits } from '../request-limits.ts';

/**
 * One client a function. The time-outs are short because every call is one small item: a call that hangs is tried again well within the
 * three seconds the API promises.
 */
export function createDynamoDbClient(): DynamoDBClient {
  return new DynamoDBClient({ maxAttempts: 3, requestHandler: requestLimits(500, 1_000) });
}
