import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../infra/local/server/aws-service.ts';

const owner = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret/with+signs' };

export type RecordingEndpoint = Awaited<ReturnType<typeof startRecordingEndpoint>>;

/** An AWS endpoint whose services write down what reaches them; `seen` and `answer` may be set between tests. */
export async function startRecordingEndpoint(now: () => number) {
  const seen: (AwsRequest & { service: string })[] = [];
  const state = { seen, answer: async (_request: AwsRequest): Promise<AwsResponse> => jsonObject };
  const recording = (signingName: AwsService['signingName']): AwsService => ({
    signingName,
    handle(request) {
      state.seen.push({ ...request, service: signingName });
      return state.answer(request);
    },
  });
  const { url, close } = await startAwsEndpoint({
    services: (['dynamodb', 'sqs', 's3', 'polly', 'bedrock'] as const).map(recording),
    secretOf: (id) => (id === owner.accessKeyId ? owner.secretAccessKey : undefined),
    host: '127.0.0.1',
    port: 0,
    clock: { now, after: () => () => undefined },
  });
  const clientOptions = (credentials: Partial<typeof owner> = {}) => ({
    endpoint: url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { ...owner, ...credentials },
  });
  return Object.assign(state, {
    url,
    close,
    clientOptions,
    s3: (credentials = {}) => new S3Client({ ...clientOptions(credentials), forcePathStyle: true }),
    getJob: (credentials = {}) => new DynamoDBClient(clientOptions(credentials)).send(getJobCommand()),
  });
}

export const jsonObject: AwsResponse = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };

export function getJobCommand() {
  return new GetItemCommand({ TableName: 'jobs', Key: { pk: { S: 'J#1' } } });
}
