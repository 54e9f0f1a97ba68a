import * as z from 'zod';
import { AwsFailure } from '../../server/aws-failure.ts';
import type { AwsRequest } from '../../server/aws-service.ts';
import { compileQueries, MetricDataQuery, type MetricQuery } from './metric-query.ts';
import { type MetricStore, minuteMs } from './metric-store.ts';

/** Seconds since the epoch, as this protocol has times. */
const Time = z.number().transform((seconds) => seconds * 1000);

const GetMetricData = z.strictObject({
  MetricDataQueries: z.array(MetricDataQuery).min(1).max(500),
  StartTime: Time,
  EndTime: Time,
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
});

/**
 * Everything in one page; windows begin on whole periods, and those without data are left out. The caller's clock is `behindMs` behind that by
 * which the metrics are kept, and is answered by its own.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function getMetricData(request: AwsRequest, metrics: MetricStore, behindMs: number): object {
  const { MetricDataQueries, ScanBy, ...asked } = read(GetMetricData, request);
  const shiftMs = Math.floor(behindMs / minuteMs) * minuteMs;
  const StartTime = asked.StartTime + shiftMs;
  const EndTime = asked.EndTime + shiftMs;
  const resultOf = (query: MetricQuery) => {
    const periodMs = query.periodSeconds * 1000;
    const first = Math.floor(StartTime / periodMs);
    const length = Math.max(0, Math.ceil(EndTime / periodMs) - first);
    const starts = Array.from({ length }, (_, index) => (first + index) * periodMs);
    const points = query
      .read(starts, metrics)
      .map((value, index) => ({ value, at: ((starts[index] ?? 0) - shiftMs) / 1000 }));
    const found = points.filter((point) => point.value !== undefined);
    const inOrder = ScanBy === 'TimestampAscending' ? found : found.reverse();
    const [Timestamps, Values] = [inOrder.map(({ at }) => at), inOrder.map(({ value }) => value)];
    return { Id: query.id, Label: query.label, Timestamps, Values, StatusCode: 'Complete' };
  };
  const queries = compileQueries(MetricDataQueries).filter((query) => query.returnsData);
  return { MetricDataResults: queries.map(resultOf), Messages: [] };
}

function read<Schema extends z.ZodType>(schema: Schema, { body }: AwsRequest): z.infer<Schema> {
  const parsed = schema.safeParse(JSON.parse(body.toString()));
  if (parsed.success) return parsed.data;
  throw new AwsFailure('InvalidParameterValueException', z.prettifyError(parsed.error), { status: 400 });
}
