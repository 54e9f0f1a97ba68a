import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * One client a function. The time-outs are short because every call is one small item: a call that hangs is tried again well within the
 * three seconds the API promises.
 */
export function createDynamoDbClient(): DynamoDBClient {
  return new DynamoDBClient({ maxAttempts: 4, requestHandler: { connectionTimeout: 500, requestTimeout: 2_000 } });
}
