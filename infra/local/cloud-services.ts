import { createBedrock } from './aws/bedrock/bedrock.ts';
import { type CloudWatch, createCloudWatch } from './aws/cloudwatch/create-cloudwatch.ts';
import { createDynamoDb, type DynamoDb } from './aws/dynamodb/create-dynamodb.ts';
import { type Callers, type Credentials, createCallers } from './aws/iam/callers.ts';
import { createGuard } from './aws/iam/guard.ts';
import { createNeeds } from './aws/iam/needs.ts';
import { createLambda, type Lambda } from './aws/lambda/event-source-mappings.ts';
import { createPolly } from './aws/polly/service.ts';
import { createS3, type S3 } from './aws/s3/create-s3.ts';
import { createSes } from './aws/ses/ses.ts';
import { createSns } from './aws/sns/sns.ts';
import { createSqs, type Sqs } from './aws/sqs/create-sqs.ts';
import { createSsm } from './aws/ssm/ssm.ts';
import type { Clock } from './clock.ts';
import type { DataFolder } from './data-folder.ts';
import type { FaultKit } from './faults/fault-kit.ts';
import { OutgoingMessages } from './outgoing-messages.ts';
import { startAwsEndpoint } from './server/aws-endpoint.ts';
import type { AwsService } from './server/aws-service.ts';
import { local } from './template/physical-names.ts';
import type { PlayedClock } from './time-lapse.ts';

/** Services that hold nothing of the template's, and so may be somewhere else. */
export const replaceableServices = ['bedrock-runtime', 'polly', 'cloudwatch'] as const;

/** Addresses that take the place of a stand-in. */
export type Endpoints = Readonly<Partial<Record<(typeof replaceableServices)[number], string>>>;

export interface AwsServices {
  /** The one address of all stand-ins. */
  readonly url: string;
  readonly dynamoDb: DynamoDb;
  readonly s3: S3;
  readonly sqs: Sqs;
  readonly lambda: Lambda;
  /** What SNS and SES were asked to send. */
  readonly messages: OutgoingMessages;
  readonly cloudWatch: CloudWatch;
  /** Who may call: the owner of the machine, and whom it admits. */
  readonly callers: Callers;
  /** Calls over the wire since the start, by `service.Operation`, or `service.METHOD` where the path says the rest. */
  calls(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/**
 * Starts the stand-ins, without a table, bucket or queue yet. `owner` may do everything, callers that are admitted what their policies
 * allow. `parameters` are what SSM keeps, by name; `watching` is CloudWatch's clock.
 */
export async function startServices(
  data: DataFolder,
  owner: Credentials,
  parameters: ReadonlyMap<string, string>,
  {
    clock,
    watching,
    faults,
  }: { readonly clock: Clock; readonly watching: PlayedClock; readonly faults?: FaultKit | undefined },
): Promise<AwsServices> {
  const callers = createCallers(owner);
  const { secretOf } = callers;
  let url = '';
  const dynamoDb = createDynamoDb({ database: data.database, clock });
  const guard = createGuard(callers, createNeeds(dynamoDb));
  const { uploadRefusal } = guard;
  const s3 = createS3({ folder: data.objectsFolder, database: data.database, clock, secretOf, uploadRefusal });
  const sqs = createSqs({ clock, queueUrlBase: () => url, account: local.accountId, region: local.region });
  const lambda = createLambda();
  const cloudWatch = createCloudWatch(watching);
  const polly = createPolly({ clock, folder: data.path });
  const calls = new Map<string, number>();
  const messages = new OutgoingMessages(data.path, clock);
  const sending = [createSns(messages), createSes(messages)];
  const all = [dynamoDb, s3, sqs, lambda, cloudWatch, polly, createBedrock(), createSsm(parameters), ...sending];
  const services = all.map((service) => counted(guard.around(faults?.around(service) ?? service), calls));
  const endpoint = await startAwsEndpoint({ services, secretOf, host: '127.0.0.1', port: 0, clock });
  url = endpoint.url;
  return {
    url,
    dynamoDb,
    s3,
    sqs,
    lambda,
    messages,
    cloudWatch,
    callers,
    calls: () => Object.fromEntries(calls),
    async close() {
      sqs.close();
      await Promise.all([endpoint.close(), polly.close()]);
    },
  };
}

function counted(service: AwsService, calls: Map<string, number>): AwsService {
  return {
    signingName: service.signingName,
    handle(request) {
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? request.method;
      const call = `${service.signingName}.${operation}`;
      calls.set(call, (calls.get(call) ?? 0) + 1);
      return service.handle(request);
    },
  };
}

/**
 * The variables by which an SDK finds the stand-ins instead of AWS.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function awsEnvironment(url: string, endpoints: Endpoints): Record<string, string> {
  const replaced = Object.entries(endpoints).map(([service, address]): [string, string] => [
    `AWS_ENDPOINT_URL_${service.toUpperCase().replaceAll('-', '_')}`,
    address,
  ]);
  return { AWS_ENDPOINT_URL: url, ...Object.fromEntries(replaced), AWS_REGION: local.region };
}
