import { setTimeout as wait } from 'node:timers/promises';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import * as z from 'zod';
import { queueNames } from '../../shared/catalog/queues.ts';
import { chooseDead, redriveJobs } from '../../shared/jobs/redrive-jobs.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobPorts } from '../../shared/runtime/job-ports.ts';
import { emitMetrics, logger } from '../../shared/runtime/telemetry.ts';
import { countDead } from './count-dead.ts';
import { deadLettersPage } from './dead-letters-page.ts';

const ports = { ...jobPorts(environmentOf('show-dead-letters')), wait };

/** What a button of the page sends back; anything else is the dashboard that wants to show the widget. */
const Press = z.object({ redrive: z.enum(queueNames).optional() });

/** One press of a button redrives no more than this, and slowly, so that what made the jobs fail is not flooded again. */
const redrivesAtMost = 25;
const redrivesPerSecond = 2;

/** Kept back of the function's time to read the page again, milliseconds. */
const timeToShow = 5_000;

/**
 * A widget of the dashboard: the failed jobs of each queue, with a button that gives them another life. CloudWatch invokes it with the rights
 * of whoever looks, and does not say who that is; CloudTrail does.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html
 */
export const handler = middy<unknown, string>()
  .use(injectLambdaContext(logger))
  .use(emitMetrics)
  .handler(async (event, context): Promise<string> => {
    const { redrive } = Press.parse(event ?? {});
    const until = ports.now() + context.getRemainingTimeInMillis() - timeToShow;
    const redriven = redrive && (await redriveSome(redrive, until));
    const piles = await Promise.all(queueNames.map((queue) => countDead(queue, ports.store)));
    return deadLettersPage({ piles, redriven, now: ports.now(), endpoint: context.invokedFunctionArn });
  });

async function redriveSome(queue: (typeof queueNames)[number], until: number) {
  const operator = 'dashboard';
  const { ids } = await chooseDead(queue, { limit: redrivesAtMost, until }, ports);
  const order = { ids, dryRun: false, ratePerSecond: redrivesPerSecond, until, operator };
  const outcomes = await redriveJobs(order, ports);
  ports.telemetry.note('dead_letters_redriven', { operator, queue, outcomes });
  return { queue, count: outcomes.filter(({ outcome }) => outcome === 'redriven').length };
}
