import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Assembly, loadAssembly } from '../../../infra/local/template/assembly.ts';
import { resolveAssembly } from '../../../infra/local/template/resolve.ts';
import { resourceTypes } from '../../../infra/local/template/resource-types.ts';
import { createApp } from '../../../infra/stacks/create-app.ts';

let assembly: Assembly;

beforeAll(() => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'stage-'));
  createApp({ stage: 'local', validate: false, context: { 'stub-code': true }, outdir }).synth();
  assembly = loadAssembly(outdir);
}, 30_000);

const resolved = () => resolveAssembly(assembly, { aws: 'http://127.0.0.1:4510', api: undefined });

test('the local cloud knows every type and every value that the local stage uses', () => {
  const running = Object.entries(resourceTypes).flatMap(([type, row]) => ('run' in row.treatment ? [type] : []));
  const resources = resolved().resourcesOf(...running);
  expect(resources.map((resource) => resource.type)).toEqual(
    expect.arrayContaining([
      'AWS::DynamoDB::GlobalTable',
      'AWS::Lambda::EventSourceMapping',
      'AWS::ApiGatewayV2::Route',
    ]),
  );
  expect(JSON.stringify(resources)).not.toMatch(/"(Ref|Fn::\w+)":/);
});

test('every named resource has a name of its own, the same at the next start', () => {
  const types = ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::S3::Bucket', 'AWS::DynamoDB::GlobalTable'];
  const names = () =>
    resolved()
      .resourcesOf(...types)
      .map((resource) => resource.name);
  expect(new Set(names()).size).toBe(names().length);
  expect(names()).toEqual(names());
});

test('every type that is inert says why', () => {
  const reasons = Object.values(resourceTypes).flatMap(({ treatment }) =>
    'inert' in treatment ? [treatment.inert] : [],
  );
  expect(reasons.length).toBeGreaterThan(0);
  for (const reason of reasons) expect(reason).toMatch(/^\S.{15,}[^.]$/);
});
