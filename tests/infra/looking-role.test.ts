import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../../infra/stages.ts';
import { Synthesized } from './synthesized.ts';

const docs = path.resolve(import.meta.dirname, '../../docs');

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Policy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({ Sid: z.string(), Effect: z.literal('Allow'), Action: oneOrMore, Resource: z.string() }),
  ),
});

const { Statement } = Policy.parse(JSON.parse(readFileSync(path.join(docs, 'looking-role.json'), 'utf8')));
const actions = Statement.flatMap(({ Action }) => Action);

/** IAM's name of a service that CloudFormation calls otherwise. */
const serviceOf: Readonly<Record<string, string>> = {
  ApiGatewayV2: 'apigateway',
  ApplicationSignals: 'application-signals',
};

describe('the role that looks', () => {
  it('may read of every service that a stage is made of, since CloudFormation compares in its name', () => {
    const types = new Set(stageNames.flatMap((stage) => new Synthesized({ stage }).all.map(({ Type }) => Type)));
    const services = new Set([...types].map((type) => type.split('::')[1] ?? ''));
    const unread = [...services]
      .map((service) => serviceOf[service] ?? service.toLowerCase())
      .filter((service) => !actions.some((action) => action.startsWith(`${service}:`)));
    expect(services.size).toBeGreaterThan(10);
    expect(unread).toEqual([]);
  });

  it('hears of a comparison whose id is of no stack', () => {
    const hearing = Statement.find(({ Action }) => Action.includes('cloudformation:DescribeStackDriftDetectionStatus'));
    expect(hearing?.Resource).toBe('*');
  });

  it('changes nothing, and reads no record, message, object, log or secret', () => {
    const looks = /:(?:Describe|Get|List|View|Detect)|^apigateway:GET$|^sts:AssumeRole$/;
    expect(actions.filter((action) => !looks.test(action))).toEqual([]);
    const reading =
      /^(?:dynamodb:(?:Get(?:Item|\*)|\*)|sqs:Receive|s3:(?:GetObject|Get\*$|\*)|logs:(?:Get\*|GetLog)|secretsmanager|ssm|kms)/;
    expect(actions.filter((action) => reading.test(action))).toEqual([]);
  });

  it('is the one that the guide gives', () => {
    expect(readFileSync(path.join(docs, 'deploy.md'), 'utf8')).toContain('](looking-role.json)');
  });
});
