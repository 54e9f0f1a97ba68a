import { AwsFailure } from '../../server/aws-failure.ts';
import type { AwsService } from '../../server/aws-service.ts';
import type { PlayedClock } from '../../time-lapse.ts';
import { type AlarmListener, type Alarms, createAlarms } from './alarms.ts';
import { ExpressionError } from './expression.ts';
import { getMetricData } from './get-metric-data.ts';
import { createMetricStore, type MetricStore, minuteMs } from './metric-store.ts';

export interface CloudWatch extends AwsService {
  readonly metrics: MetricStore;
  readonly alarms: Alarms;
  /**
   * From now on, at the end of each minute, has `sample` record what is only looked at then, under a moment of that minute, and
   * judges the alarms. Throws ExpressionError for an alarm that cannot be judged. Answers how to stop.
   */
  start(sample: (at: number) => void, listener: AlarmListener): () => void;
}

/** What `npm start` keeps for GetMetricData; alarms that look further back keep more. */
const keptMs = 3 * 60 * minuteMs;

/** Amazon CloudWatch's metrics and alarms, in memory: history and states begin anew at every start. */
export function createCloudWatch(clock: PlayedClock): CloudWatch {
  const metrics = createMetricStore(clock.now());
  const alarms = createAlarms(metrics, clock);
  return {
    signingName: 'monitoring',
    metrics,
    alarms,
    start(sample, listener) {
      const nextMinute = () => Math.floor(clock.now() / minuteMs + 1) * minuteMs;
      let cancel = () => {};
      const endMinute = (endedAt: number) => {
        sample(endedAt - 1);
        metrics.forget(endedAt - Math.max(keptMs, ...alarms.all().map(({ rangeMs = 0 }) => rangeMs)));
        alarms.evaluate(endedAt, listener);
      };
      const wait = (endsAt: number) => {
        cancel = clock.after(endsAt - clock.now(), () => {
          // Before the alarms are judged, so that nothing that is told of them can keep the next minute from coming.
          wait(Math.max(endsAt + minuteMs, nextMinute()));
          endMinute(endsAt);
        });
      };
      alarms.check();
      wait(nextMinute());
      return () => cancel();
    },
    async handle(request) {
      const name = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
      if (name !== 'GetMetricData')
        throw new AwsFailure('UnknownOperationException', `NotImplemented: ${name}`, { status: 501 });
      try {
        const headers = { 'content-type': 'application/x-amz-json-1.0' };
        return { status: 200, headers, body: JSON.stringify(getMetricData(request, metrics, clock.ahead())) };
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        throw new AwsFailure('InvalidParameterValueException', error.message, { status: 400 });
      }
    },
  };
}
