import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { JobView, ProblemDocument } from '../../shared/catalog/schemas/job.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import type { CallOptions, TestCloud } from './local-cloud.ts';

export type JobDocument = z.infer<typeof JobView>;

/** Submits and expects 202. */
export async function submit(cloud: TestCloud, path: string, body: unknown, options: CallOptions = {}) {
  const response = await cloud.call(path, { ...options, body });
  if (response.status !== 202) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return SubmitAnswer.parse(await response.json());
}

/** Sends an empty job through one queue. */
export function probe(cloud: TestCloud, queue: string, owner = 'operator') {
  return submit(cloud, `/ops/queues/${queue}/probe`, {}, { owner, scope: 'ops:write' });
}

export async function readJob(cloud: TestCloud, jobId: string, owner?: string): Promise<JobDocument> {
  const response = await cloud.call(`/jobs/status/${jobId}`, owner === undefined ? {} : { owner });
  if (response.status !== 200) throw new Error(`status answered ${response.status}: ${await response.text()}`);
  return JobView.parse(await response.json());
}

/** Reads the job until the condition holds; the test's own time-out is the limit. */
export async function jobWhen(
  cloud: TestCloud,
  jobId: string,
  condition: (job: JobDocument) => boolean,
  owner?: string,
): Promise<JobDocument> {
  for (;;) {
    const job = await readJob(cloud, jobId, owner);
    if (condition(job)) return job;
    await sleep(50);
  }
}

export function hasEnded({ status }: Pick<JobDocument, 'status'>): boolean {
  return ['completed', 'failed', 'cancelled', 'expired'].includes(status);
}

/** The problem document of a refused request. */
export async function problemOf(response: Response) {
  return ProblemDocument.parse(await response.json());
}
