import { Duration } from 'aws-cdk-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type DeployedQueue, deployedQueues } from '../../infra/constructs/deployed-queues.ts';
import { stageNames, stageSettings } from '../../infra/stages.ts';
import { environments } from '../../shared/catalog/environment.ts';
import { consumerNeeds } from '../../shared/catalog/functions.ts';
import { jobTypeNames, stepNames, stepOf } from '../../shared/catalog/job-types.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { type Resource, Synthesized } from './synthesized.ts';

const Mapping = z.object({
  EventSourceArn: z.unknown(),
  FunctionName: z.unknown(),
  BatchSize: z.number(),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  FunctionResponseTypes: z.array(z.string()),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
});

const LambdaFunction = z.object({ Timeout: z.number(), RecursiveLoop: z.string() });

const Bounded = z.object({ Environment: z.object({ Variables: z.object({ QUEUE_CONCURRENCY: z.string() }) }) });

let app: Synthesized;
beforeAll(() => {
  app = new Synthesized();
});

describe('event source mappings', () => {
  it('are one for each queue and one for each dead-letter queue', () => {
    const sources = mappings(app).map(({ source }) => source.id);
    expect(new Set(sources).size).toBe(queueNames.length * 2);
    expect(sources).toHaveLength(queueNames.length * 2);
  });

  it('bring back only the messages that failed', () => {
    for (const mapping of mappings(app)) expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('limit concurrency themselves, so that a healthy message is never thrown back by a busy function', () => {
    for (const { ScalingConfig } of mappings(app)) {
      expect(ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
      expect(ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(1000);
    }
  });

  it('together leave the API its share of the account, also once each is raised as far as may be', () => {
    for (const stage of stageNames) {
      const synthesized = new Synthesized({ stage });
      const consumers = mappings(synthesized).map(({ ScalingConfig }) => ScalingConfig.MaximumConcurrency);
      const raises = Object.values(boundsOf(synthesized)).map(({ usual, most }) => most - usual);
      const { accountConcurrency, apiConcurrency } = stageSettings(stage);
      const all = [...consumers, ...raises].reduce((sum, one) => sum + one);
      expect(all).toBeLessThanOrEqual(accountConcurrency - apiConcurrency);
    }
  });

  it('are put back by remediation to what the template says, and never raised without a number of the stage', () => {
    const most: Partial<Record<string, number>> = stageSettings('dev').mostConcurrency;
    const all = mappings(app);
    const ofTemplate = queueNames.map((queue) => {
      const mapping = all.find(({ source }) => source.Properties.QueueName === `RoadtripJobs-dev-data-${queue}`);
      const usual = mapping?.ScalingConfig.MaximumConcurrency;
      return [queue, { usual, most: most[queue] ?? usual }];
    });
    expect(boundsOf(app)).toEqual(Object.fromEntries(ofTemplate));
  });

  it('hide a message for six time-outs of its function, and no longer than SQS allows', () => {
    for (const { source, fn, MaximumBatchingWindowInSeconds } of mappings(app)) {
      const visibility = z.number().parse(source.Properties.VisibilityTimeout);
      expect(visibility).toBeGreaterThanOrEqual(fn.Timeout * 6 + MaximumBatchingWindowInSeconds);
      expect(visibility).toBeLessThanOrEqual(43_200);
    }
  });

  it('deliver to functions that may send a job on to their own queue', () => {
    for (const { fn } of mappings(app)) expect(fn.RecursiveLoop).toBe('Allow');
  });
});

describe('a new row of the catalog', () => {
  const telemetry: DeployedQueue = {
    name: 'telemetry',
    priority: 2,
    carries: 'engine data',
    pickUpTargetSeconds: 60,
    waitLimitSeconds: 3_600,
    attemptSeconds: 20,
    batchSize: 1,
    memoryMegabytes: 512,
    functionTimeout: Duration.seconds(30),
    visibilityTimeout: Duration.seconds(180),
    needs: [],
  };

  it('is a queue, a dead-letter queue, a consumer and their mappings', () => {
    const grown = new Synthesized({ queues: [...deployedQueues(), telemetry] });
    const more = (type: string) => count(grown, type) - count(app, type);
    expect(more('AWS::SQS::Queue')).toBe(2);
    expect(more('AWS::Lambda::Function')).toBe(1);
    expect(more('AWS::Lambda::EventSourceMapping')).toBe(2);
    expect(more('AWS::CloudWatch::Alarm'), 'its own, and that of its consumer’s deployment').toBeGreaterThan(10);
    expect(mappings(grown).map(({ source }) => source.Properties.QueueName)).toContain(
      'RoadtripJobs-dev-data-telemetry',
    );
  });
});

describe('what consumers need', () => {
  it('is had by analytics too, where demoted steps run', () => {
    const demotable = jobTypeNames.flatMap((type) => stepNames(type).map((step) => stepOf(type, step)));
    const needs = demotable.flatMap((step) => (step?.demotable ? (consumerNeeds[step.queue] ?? []) : []));
    expect(needs).not.toEqual([]);
    expect(consumerNeeds.analytics).toEqual(expect.arrayContaining(needs));
  });
});

function mappings(synthesized: Synthesized) {
  return synthesized.service.ofType('AWS::Lambda::EventSourceMapping').map(({ Properties }) => {
    const mapping = Mapping.parse(Properties);
    return {
      ...mapping,
      source: synthesized.dataResource(mapping.EventSourceArn),
      fn: LambdaFunction.parse(functionBehind(synthesized, mapping.FunctionName).Properties),
    };
  });
}

/** What the function that remediates is told of each queue. */
function boundsOf(synthesized: Synthesized) {
  const [remediate] = synthesized.operations
    .ofType('AWS::Lambda::Function')
    .filter(({ id }) => id.startsWith('Remediate'));
  const { Environment } = Bounded.parse(remediate?.Properties);
  return environments.remediate.shape.QUEUE_CONCURRENCY.parse(Environment.Variables.QUEUE_CONCURRENCY);
}

/** A mapping names the alias `live`; the alias names its function. */
function functionBehind(synthesized: Synthesized, name: unknown): Resource {
  const aliases = synthesized.service.ofType('AWS::Lambda::Alias');
  const alias = aliases.find(({ id }) => JSON.stringify(name).includes(`"${id}"`));
  if (!alias) throw new Error(`no alias in ${JSON.stringify(name)}`);
  return synthesized.service.target(alias.Properties.FunctionName);
}

function count(synthesized: Synthesized, type: string): number {
  return synthesized.all.filter((resource) => resource.Type === type).length;
}
