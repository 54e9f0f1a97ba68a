import '../../support/silent-log.ts';

import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cancel } from '../../../functions/control-jobs/cancel.ts';
import { retry } from '../../../functions/control-jobs/retry.ts';
import { ownerLimits } from '../../../shared/catalog/owner-limits.ts';
import { basePath, routes } from '../../../shared/catalog/routes.ts';
import { JobView, ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { httpHandler } from '../../../shared/runtime/http-handler.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { acceptedJob, endedJob, heldJob } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';
import { submitApi } from '../../support/submit-api.ts';

let world: JobWorld;
let owner: string;
beforeEach(async () => {
  const api = submitApi();
  await api.post({ location: { latitude: 35.17, longitude: -103.72 } });
  owner = [...api.world.store.heads.values()][0]?.owner ?? '';
  world = new JobWorld();
});

async function ask(route: 'cancel_job' | 'retry_job', job: Job): Promise<{ status: number; body: unknown }> {
  const { store, queues, spending, telemetry, random, now } = world;
  const media = { link: (key: string) => key };
  const ports = { store, queues, spending, telemetry, random, now, media, limits: spending, grant: ownerLimits };
  const handler = httpHandler({
    cancel_job: (request) => cancel(request, ports),
    retry_job: (request) => retry(request, ports),
  });
  const routeKey = `POST ${basePath}${routes[route].path}`;
  const answer = await handler(httpEvent({ routeKey, params: { job_id: job.id } }), lambdaContext());
  const { statusCode, body } = z.object({ statusCode: z.number(), body: z.string() }).parse(answer);
  return { status: statusCode, body: JSON.parse(body) };
}

function placed(job: Job): Job {
  world.store.place({ ...job, owner });
  return job;
}

describe('a cancel', () => {
  it('is safe to repeat: a cancelled job is cancelled', async () => {
    const job = placed(acceptedJob());
    const answers = [await ask('cancel_job', job), await ask('cancel_job', job)];
    expect(answers.map(({ status, body }) => [status, JobView.parse(body).status])).toEqual([
      [200, 'cancelled'],
      [200, 'cancelled'],
    ]);
  });

  it.each(['completed', 'failed', 'expired'] as const)(
    'of a job that is %s is refused, and says so',
    async (status) => {
      const refused = await ask('cancel_job', placed(endedJob(status)));
      expect(ProblemDocument.parse(refused.body)).toMatchObject({ status: 409, code: 'job_ended', job_status: status });
    },
  );
});

it('a retry of a job that has not failed is refused, and says what it is', async () => {
  const refused = await ask('retry_job', placed(heldJob()));
  expect(ProblemDocument.parse(refused.body)).toMatchObject({ code: 'job_not_failed', job_status: 'processing' });
});
