import * as z from 'zod';
import { startEventSourceMapping } from './aws/lambda/event-source-mapping.ts';
import type { Lambda } from './aws/lambda/event-source-mappings.ts';
import { type Schedule, startSchedule } from './aws/scheduler/schedule.ts';
import type { Sqs } from './aws/sqs/create-sqs.ts';
import type { Clock } from './clock.ts';
import { type Functions, functionName } from './cloud-functions.ts';
import { ignored, readProperties } from './read-properties.ts';
import type { ResolvedTemplate } from './template/resolve.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
const MappingProperties = z.strictObject({
  EventSourceArn: z.string().startsWith('arn:aws:sqs:', 'must be a queue'),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Enabled: z.boolean().default(true),
  MetricsConfig: ignored,
  Tags: ignored,
});

/** Concurrency of a mapping without a limit of its own; on AWS it is the account's. */
const unlimitedMappingConcurrency = 5;
/** A mapping's limit may be raised while it runs, by half as a rule. More than twice what the template says does not run at a time here. */
const raisedAtMost = 2;
/**
 * A function that answers requests: more than two sandboxes only get in each other's way on one machine, so further requests wait, as they
 * would not on AWS, where an account has a thousand. Requests that are held (`Prefer: wait`) do nothing but occupy theirs, so whoever has
 * waited longer than any other request takes gets one more.
 */
const requestConcurrency = { eagerConcurrency: 2, patienceMs: 1_500, maxConcurrency: 8, longestWaitMs: 29_000 };

type Mapping = z.infer<typeof MappingProperties> & { readonly name: string };

/** The template's enabled event source mappings. */
export function readMappings(template: ResolvedTemplate): readonly Mapping[] {
  return template
    .resourcesOf('AWS::Lambda::EventSourceMapping')
    .map((resource) => ({ ...readProperties(MappingProperties, resource), name: resource.name }))
    .filter((mapping) => mapping.Enabled);
}

/** What a function's mappings together may come to start; a function that no queue feeds answers requests. */
export function concurrencyFrom(mappings: readonly Mapping[]) {
  return (name: string) => {
    const own = mappings.filter((mapping) => functionName(mapping.FunctionName) === name);
    if (own.length === 0) return requestConcurrency;
    const started = own.reduce((sum, mapping) => sum + concurrencyOf(mapping), 0);
    return { maxConcurrency: raisedAtMost * started, longestWaitMs: 0 };
  };
}

export interface TriggerOptions {
  readonly functions: Functions;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Starts each mapping under its name, by which Lambda's API can stop it and start it again. */
export function startMappings(
  mappings: readonly Mapping[],
  { sqs, lambda }: { readonly sqs: Sqs; readonly lambda: Lambda },
  { functions, log, clock }: TriggerOptions,
): void {
  for (const mapping of mappings) {
    const queue = sqs.queue(mapping.EventSourceArn);
    const options = {
      queue,
      target: functions.find(mapping.FunctionName),
      batchSize: mapping.BatchSize,
      batchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
      maximumConcurrency: concurrencyOf(mapping),
      reportBatchItemFailures: mapping.FunctionResponseTypes.length > 0,
      log,
      clock,
    };
    lambda.addMapping(mapping.name, {
      queueArn: queue.arn,
      limits: options,
      start: () => startEventSourceMapping(options),
    });
  }
}

function concurrencyOf(mapping: Mapping): number {
  return mapping.ScalingConfig?.MaximumConcurrency ?? unlimitedMappingConcurrency;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html */
const ScheduleProperties = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  FlexibleTimeWindow: z.object({ Mode: z.literal('OFF') }),
  Target: z.object({
    Arn: z.string().startsWith('arn:aws:lambda:', 'must be a function'),
    RoleArn: z.string(),
    Input: z.string().optional(),
  }),
});

type ScheduleOfTemplate = z.infer<typeof ScheduleProperties> & { readonly name: string };

/** The template's enabled schedules. */
export function readSchedules(template: ResolvedTemplate): readonly ScheduleOfTemplate[] {
  return template
    .resourcesOf('AWS::Scheduler::Schedule')
    .map((resource) => ({ ...readProperties(ScheduleProperties, resource), name: resource.name }))
    .filter((schedule) => schedule.State === 'ENABLED');
}

/** The template's schedules. A failed run is reported and not retried: the next one is due soon enough on one machine. */
export function startSchedules(template: ResolvedTemplate, options: TriggerOptions): Schedule[] {
  return readSchedules(template).map(({ ScheduleExpression, ScheduleExpressionTimezone, Target }) => {
    const target = options.functions.find(Target.Arn);
    const event: unknown = JSON.parse(Target.Input ?? '{}');
    return startSchedule({
      expression: ScheduleExpression,
      timeZone: ScheduleExpressionTimezone,
      clock: options.clock,
      run: async () => {
        const result = await target.invoke(event);
        if (result.status === 'failed') throw new Error(`${target.name} failed: ${result.error.errorMessage}`);
        if (result.status === 'refused') throw new Error(`${target.name} was refused: ${result.reason}`);
      },
      log: options.log,
    });
  });
}
