import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnResource, Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptedFindings, acceptFinding } from '../../infra/constructs/accepted-finding.ts';
import { stubCodeKey } from '../../infra/constructs/function-code.ts';
import { GradualDeployment } from '../../infra/constructs/gradual-deployment.ts';
import { ServiceFunction } from '../../infra/constructs/service-function.ts';
import { createApp } from '../../infra/stacks/create-app.ts';
import { stageNames } from '../../infra/stages.ts';

describe('synthesis', () => {
  let outdir: string;
  const create = (stage: string) => createApp({ stage, outdir, context: { [stubCodeKey]: true } });

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });

  it.each(stageNames)('finds nothing wrong with stage %s', (stage) => {
    expect(() => create(stage).synth()).not.toThrow();
  });

  it('fails on a queue that takes messages without TLS', () => {
    const planted = create('dev');
    new Queue(planted.data, 'Planted');
    expect(() => planted.synth()).toThrow('does not require requests to use SSL');
  });

  it('fails on a property that CloudFormation does not know', () => {
    const planted = create('dev');
    new CfnResource(planted.data, 'Planted', { type: 'AWS::SQS::Queue', properties: { VisibilityTimout: 30 } });
    expect(() => planted.synth()).toThrow('VisibilityTimout');
  });

  it('fails on a function without a variable that it reads', () => {
    const planted = create('dev');
    new ServiceFunction(planted.service, 'Planted', {
      name: 'read-jobs',
      stage: 'dev',
      logRetentionDays: 7,
      deployment: new GradualDeployment(planted.service, 'PlantedDeployment', { stage: 'dev', deployment: 'at_once' }),
      timeout: Duration.seconds(10),
      memoryMegabytes: 512,
    });
    expect(() => planted.synth()).toThrow('read-jobs reads JOB_TABLE_NAME, which nothing sets');
  });

  it('fails on an accepted finding that is not there', () => {
    const planted = create('dev');
    acceptFinding(planted.data.jobs, /^AwsSolutions-DDB3$/, 'There is nothing to accept.');
    expect(() => planted.synth()).toThrow('nothing there has that finding');
  });

  it('accepts findings for a written reason only', () => {
    const findings = acceptedFindings(create('dev').app);
    expect(findings.length).toBeGreaterThan(0);
    for (const { path, reason } of findings) expect([path, reason.length > 20]).toEqual([path, true]);
  });
});
