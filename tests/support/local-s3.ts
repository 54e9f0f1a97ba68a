import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { S3Client } from '@aws-sdk/client-s3';
import { createS3 } from '../../infra/local/aws/s3/create-s3.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { ManualClock } from './manual-clock.ts';

/** The bucket of every test here. */
export const bucket = 'media';
const accessKeyId = 'LOCALKEY';
const secretAccessKey = 'secret';

/**
 * S3 as a client sees it: the stand-in behind the real listener, and the AWS SDK. Objects and forms live by `clock`;
 * signatures are checked by the machine's.
 */
export async function startLocalS3(properties: object = {}) {
  const root = mkdtempSync(join(tmpdir(), 'local-s3-'));
  const folder = join(root, 'objects');
  const databaseFile = join(root, 'index.db');
  const clock = new ManualClock();
  const secretOf = (id: string) => (id === accessKeyId ? secretAccessKey : undefined);
  const database = new DatabaseSync(databaseFile);
  const s3 = createS3({ folder, database, clock, secretOf });
  s3.createBucket(bucket, properties);
  const endpoint = await startAwsEndpoint({ services: [s3], secretOf, host: '127.0.0.1', port: 0, clock: systemClock });
  const client = new S3Client({
    endpoint: endpoint.url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });

  async function close(): Promise<void> {
    client.destroy();
    await endpoint.close();
    database.close();
    await rm(root, { recursive: true });
  }

  return { client, clock, folder, database, root, url: endpoint.url, close };
}

/**
 * A form's fields by hand, as a server signs them for a browser:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 */
export function signForm(
  fields: Readonly<Record<string, string>>,
  conditions: readonly unknown[],
  options: { readonly expiresAt: number; readonly secret?: string; readonly accessKeyId?: string },
): Record<string, string> {
  const day = '20260101';
  const scope = `${day}/us-east-1/s3/aws4_request`;
  const signing = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${options.accessKeyId ?? accessKeyId}/${scope}`,
    'X-Amz-Date': `${day}T000000Z`,
  };
  const all = [...conditions, ...Object.entries(signing).map(([name, value]) => ({ [name]: value }))];
  const document = { expiration: new Date(options.expiresAt).toISOString(), conditions: all };
  const policy = Buffer.from(JSON.stringify(document)).toString('base64');
  let key: string | Buffer = `AWS4${options.secret ?? secretAccessKey}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  const signature = createHmac('sha256', key).update(policy).digest('hex');
  return { ...fields, ...signing, Policy: policy, 'X-Amz-Signature': signature };
}

/** The text of the first element with the name, or undefined. */
export function xmlText(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
