import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDecider } from '../../infra/local/aws/iam/decide.ts';
import { parseIdentityPolicy } from '../../infra/local/aws/iam/statement.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startServices } from '../../infra/local/cloud-services.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { inRealTime } from '../../infra/local/time-lapse.ts';

/** The stand-ins of a local cloud with a table `jobs` (index `due`), a bucket `media` and a queue `work`, and who calls them. */
export async function startGuardedAws() {
  const data = openDataFolder(mkdtempSync(path.join(tmpdir(), 'guarded-aws-')));
  const owner = { accessKeyId: 'OWNER', secretAccessKey: 'secret' };
  const aws = await startServices(data, owner, new Map([['/stage/secret', 'hush']]), {
    clock: systemClock,
    watching: inRealTime(systemClock),
  });
  aws.dynamoDb.createTable('jobs', tableDefinition);
  aws.s3.createBucket('media', {});
  aws.sqs.createQueue('work', {});
  const optionsOf = (credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }) => ({
    endpoint: aws.url,
    region: 'us-east-1',
    maxAttempts: 1,
    forcePathStyle: true,
    credentials,
  });
  return {
    queueUrl: aws.sqs.queueUrl('work'),
    /** Options of a client of the owner of the machine. */
    owner: optionsOf(owner),
    /** Options of a client in the role `tester` with these statements. */
    caller(...Statement: object[]) {
      const statements = parseIdentityPolicy({ Version: '2012-10-17', Statement }, 'tester');
      return optionsOf(aws.callers.admit({ arn: testerArn, refusalOf: createDecider(statements) }));
    },
    async close() {
      await aws.close();
      data.close();
    },
  };
}

export const testerArn = 'arn:aws:sts::000000000000:assumed-role/tester/test';

const tableDefinition = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'due', AttributeType: 'N' },
  ],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'due',
      KeySchema: [{ AttributeName: 'due', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};
