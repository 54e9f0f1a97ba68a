import type { RoutedFunction } from '../constructs/jobs-api.ts';
import { grantMetrics } from '../constructs/metrics-access.ts';
import { configureModel } from '../constructs/model-access.ts';
import { limitOwners } from '../constructs/owner-limits.ts';
import { grantPaymentEvents, grantPayments } from '../constructs/provider-access.ts';
import { grantSecrets } from '../constructs/secret-access.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import type { ServiceStackProps } from './service-stack.ts';

/** What each function behind the API may use. Operators' function may pause consumers too, which the stack grants once there are any. */
export const apiAccess: { readonly [F in RoutedFunction]: Grant<F> } = {
  'submit-job'(submit, { data: { jobs, media, queues }, settings }) {
    jobs.grantAccept(submit);
    queues.grantSend(submit);
    media.grantUpload(submit);
    media.grantRead(submit);
    configureModel(submit, settings.model);
    limitOwners(submit, settings);
  },
  'answer-messages'(assistant, { data: { jobs, queues }, settings }) {
    jobs.grantAccept(assistant);
    queues.grantSend(assistant);
    configureModel(assistant, settings.model);
    limitOwners(assistant, settings);
  },
  'read-jobs'(read, { data: { jobs, media }, stage }) {
    jobs.grantRead(read);
    media.grantRead(read);
    grantSecrets(read, stage, ['webhook_master']);
  },
  'control-jobs'(control, { data: { jobs, media, queues }, settings }) {
    jobs.grantControl(control);
    media.grantRead(control);
    queues.grantSend(control);
    limitOwners(control, settings);
  },
  'schedule-jobs'(schedule, { data: { jobs }, settings }) {
    jobs.grantSchedule(schedule);
    limitOwners(schedule, settings);
  },
  operate(operate, { data: { jobs, queues } }) {
    jobs.grantOperate(operate);
    queues.grantSend(operate);
    queues.grantCount(operate);
    grantMetrics(operate);
  },
  'receive-webhooks'(webhooks, props) {
    props.data.jobs.grantHeed(webhooks);
    grantPayments(webhooks, props);
    grantPaymentEvents(webhooks, props);
  },
};

type Grant<F extends RoutedFunction> = (fn: ServiceFunction<F>, props: ServiceStackProps) => void;
