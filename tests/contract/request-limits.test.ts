import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDynamoDbClient } from '../../shared/adapters/dynamodb/dynamodb-client.ts';
import { createSqsClient } from '../../shared/adapters/sqs/sqs-client.ts';

let requests = 0;
const silent = createServer(() => {
  requests += 1; // and never a word
});

beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', url());
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(() => {
  vi.unstubAllEnvs();
  silent.closeAllConnections();
  silent.close();
});

describe('an AWS service that never answers', () => {
  it('is given up by DynamoDB’s client after its attempts, not waited for', async () => {
    requests = 0;
    const read = createDynamoDbClient().send(new GetItemCommand({ TableName: 'jobs', Key: { pk: { S: 'a' } } }));
    await expect(read).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests).toBe(3);
  });

  it('is given up by SQS’s client, so that a submit is answered and the reconciler sends', async () => {
    requests = 0;
    const send = createSqsClient().send(new SendMessageCommand({ QueueUrl: `${url()}/1/queue`, MessageBody: 'a' }));
    await expect(send).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests).toBe(2);
  });
});

function url(): string {
  const address = silent.address();
  return `http://127.0.0.1:${isAddress(address) ? address.port : 0}`;
}

function isAddress(address: ReturnType<typeof silent.address>): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
