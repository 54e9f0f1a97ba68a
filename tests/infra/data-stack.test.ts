import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stubCodeKey } from '../../infra/constructs/function-code.ts';
import { createApp } from '../../infra/stacks/create-app.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { type Resource, Synthesized, targetOf } from './synthesized.ts';

const Replica = z.object({
  DeletionProtectionEnabled: z.boolean().optional(),
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
});

const Table = z.object({
  BillingMode: z.string(),
  GlobalSecondaryIndexes: z.array(
    z.object({
      IndexName: z.string(),
      KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
      Projection: z.object({ ProjectionType: z.string() }),
    }),
  ),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }),
  Replicas: z.tuple([Replica]),
});

const Queue = z.object({
  MessageRetentionPeriod: z.number(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() }).optional(),
  RedriveAllowPolicy: z.object({ redrivePermission: z.string(), sourceQueueArns: z.array(z.unknown()) }).optional(),
  QueueName: z.string().optional(),
  SqsManagedSseEnabled: z.boolean(),
});

const Logging = z.object({ LoggingConfiguration: z.object({ DestinationBucketName: z.unknown() }) });

let prod: Synthesized;
beforeAll(() => {
  prod = new Synthesized({ stage: 'prod' });
});

describe('the job table', () => {
  const table = (app: Synthesized) => Table.parse(only(app, 'AWS::DynamoDB::GlobalTable').Properties);

  it('can be restored to any second of the last month', () => {
    expect(table(prod).Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
  });

  it('deletes records by their ttl', () => {
    expect(table(prod).TimeToLiveSpecification).toEqual({ AttributeName: 'ttl', Enabled: true });
  });

  it('is paid by request, so that a flood is never throttled by a number someone guessed', () => {
    expect(table(prod).BillingMode).toBe('PAY_PER_REQUEST');
  });

  it('has the three indexes of the protocol, keys only', () => {
    const indexes = table(prod).GlobalSecondaryIndexes.map((index) => [
      index.IndexName,
      ...index.KeySchema.map((key) => key.AttributeName),
      index.Projection.ProjectionType,
    ]);
    expect(indexes).toEqual([
      ['due', 'due_shard', 'due_at', 'KEYS_ONLY'],
      ['owner', 'listed_owner', 'id', 'KEYS_ONLY'],
      ['dead', 'dead', 'ended_at', 'KEYS_ONLY'],
    ]);
  });

  it('outlives its stack where travellers are, and not in development', () => {
    const dev = new Synthesized({ stage: 'dev' });
    expect(table(prod).Replicas[0].DeletionProtectionEnabled).toBe(true);
    expect(only(prod, 'AWS::DynamoDB::GlobalTable').DeletionPolicy).toBe('Retain');
    expect(only(dev, 'AWS::DynamoDB::GlobalTable').DeletionPolicy).toBe('Delete');
  });
});

describe('the queues', () => {
  const queues = () =>
    prod.data.ofType('AWS::SQS::Queue').map(({ id, Properties }) => ({ id, ...Queue.parse(Properties) }));
  const sources = () => queues().filter((queue) => queue.RedrivePolicy);
  const deadLettersOf = (source: z.infer<typeof Queue>) => {
    const id = targetOf(source.RedrivePolicy?.deadLetterTargetArn);
    const found = queues().find((queue) => queue.id === id);
    if (!found) throw new Error(`${id} is not a queue of this stack`);
    return found;
  };

  it('are one a row of the catalog, each with a dead-letter queue of its own', () => {
    expect(sources()).toHaveLength(queueNames.length);
    expect(new Set(sources().map((source) => deadLettersOf(source).id)).size).toBe(queueNames.length);
  });

  it('keep dead letters longer than messages, since the clock runs from the first send', () => {
    for (const source of sources()) {
      expect(deadLettersOf(source).MessageRetentionPeriod).toBeGreaterThan(source.MessageRetentionPeriod);
    }
  });

  it('hand a message out ten times before it is a dead letter', () => {
    for (const source of sources()) expect(source.RedrivePolicy?.maxReceiveCount).toBe(10);
  });

  it('admit to a dead-letter queue only the letters of its own queue', () => {
    for (const source of sources()) {
      const { RedriveAllowPolicy } = deadLettersOf(source);
      expect(RedriveAllowPolicy?.redrivePermission).toBe('byQueue');
      expect(JSON.stringify(RedriveAllowPolicy?.sourceQueueArns)).toContain(`:${source.QueueName}"`);
    }
  });

  it('are encrypted', () => {
    for (const queue of queues()) expect(queue.SqsManagedSseEnabled).toBe(true);
  });
});

describe('the media bucket', () => {
  it('and its access logs are closed to the public', () => {
    const closed = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    const buckets = prod.data.ofType('AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const bucket of buckets) expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual(closed);
  });
});

describe('the data stack', () => {
  it('depends on no other stack', () => {
    const { data, service, synth } = createApp({ context: { [stubCodeKey]: true }, validate: false });
    synth();
    expect(data.dependencies.map(({ stackName }) => stackName)).toEqual([]);
    expect(service.dependencies.map(({ stackName }) => stackName)).toEqual(['RoadtripJobs-dev-data']);
  });

  it('gives names only to the queues that their dead-letter queue must know', () => {
    const named = prod.data.resources.filter(({ Properties }) =>
      ['QueueName', 'TableName', 'BucketName'].some((name) => name in Properties),
    );
    expect(named.map(({ Type }) => Type)).toEqual(queueNames.map(() => 'AWS::SQS::Queue'));
  });
});

describe('a stage whose data need not be kept', () => {
  it('goes as a whole, once its buckets are emptied as the guide says: all of them, and none with versions', () => {
    const dev = new Synthesized({ stage: 'dev' });
    expect(dev.all.filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete')).toEqual([]);
    const buckets = dev.all.filter(({ Type }) => Type === 'AWS::S3::Bucket');
    const media = dev.data.target(dev.data.outputs.MediaBucketName?.Value);
    const { DestinationBucketName } = Logging.parse(media.Properties).LoggingConfiguration;
    const emptied = [media.id, targetOf(DestinationBucketName)];
    expect(buckets.map(({ id }) => id).toSorted()).toEqual(emptied.toSorted());
    for (const { Properties } of buckets) expect(Properties).not.toHaveProperty('VersioningConfiguration');
  });
});

function only(app: Synthesized, type: string): Resource {
  const [resource, ...others] = app.data.ofType(type);
  if (!resource || others.length > 0) throw new Error(`expected one ${type}`);
  return resource;
}
