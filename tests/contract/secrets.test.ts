import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetParameterCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createSsm } from '../../infra/local/aws/ssm/ssm.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { openLocalSecrets } from '../../infra/local/local-secrets.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { SsmSecrets } from '../../shared/adapters/ssm/ssm-secrets.ts';
import { secretParameter, secretReuseSeconds } from '../../shared/catalog/secrets.ts';

const parameters = new Map<string, string>();
const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };
const endpoint = await startAwsEndpoint({
  services: [createSsm(parameters)],
  secretOf: () => credentials.secretAccessKey,
  host: '127.0.0.1',
  port: 0,
  clock: systemClock,
});
const client = new SSMClient({ endpoint: endpoint.url, region: 'us-east-1', maxAttempts: 1, credentials });
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

afterEach(() => vi.useRealTimers());

const name = secretParameter('prod', 'webhook_master');

it('reads a secret of its own stage in the clear, and uses it for some minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const start = Date.now();
  const secrets = new SsmSecrets(client, 'prod');
  parameters.set(name, 'the first').set(secretParameter('dev', 'webhook_master'), 'of another stage');
  expect(await secrets.read('webhook_master')).toBe('the first');
  parameters.set(name, 'the second');
  vi.setSystemTime(start + secretReuseSeconds * 1_000 - 1);
  expect(await secrets.read('webhook_master')).toBe('the first');
  vi.setSystemTime(start + secretReuseSeconds * 1_000 + 1_000);
  expect(await secrets.read('webhook_master')).toBe('the second');
});

it('fails while a secret is missing, and finds it once it is there', async () => {
  parameters.clear();
  const secrets = new SsmSecrets(client, 'prod');
  await expect(secrets.read('webhook_master')).rejects.toThrow(name);
  parameters.set(name, 'late');
  expect(await secrets.read('webhook_master')).toBe('late');
});

it('is of no use to a reader who does not ask for decryption, and knows nothing beside reading one', async () => {
  parameters.set(name, 'hidden');
  const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
  expect(Parameter).toMatchObject({ Name: name, Type: 'SecureString' });
  expect(Parameter?.Value).not.toContain('hidden');
  await expect(client.send(new GetParametersCommand({ Names: [name] }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
});

it('on one machine is made up at the first start, kept for the next, and for its owner’s eyes only', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  const local = secretParameter('local', 'webhook_master');
  const first = openLocalSecrets(folder).get(local);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(openLocalSecrets(folder).get(local)).toBe(first);
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});
