import { processorRegistry } from '../../functions/process-job/processors/registry.ts';
import type { ProcessorServices } from '../../functions/process-job/services.ts';
import { jobTypeNames } from '../../shared/catalog/job-types.ts';
import { JobView } from '../../shared/catalog/schemas/job.ts';
import { viewJob } from '../../shared/jobs/job-view.ts';
import { processMessage } from '../../shared/jobs/process-message.ts';
import { submitJob } from '../../shared/jobs/submit-job.ts';
import { newId } from './job-builder.ts';
import { JobWorld } from './job-world.ts';

/**
 * Run on a branch whose catalog has a job type `count_words`: submits one job without the optional step and one with it, lets the consumers
 * take every message, and prints how both ended.
 */
const type = jobTypeNames.find((name) => String(name) === 'count_words');
if (!type) throw new Error('There is no job type count_words on this branch');

const none = (): never => {
  throw new Error('counting words needs no service');
};
const services: ProcessorServices = {
  gazetteer: none,
  routes: none,
  writer: none,
  journeyTeller: none,
  answerer: none,
  speaker: none,
  media: none,
  jobs: none,
  renderer: none,
  sharing: none,
  push: none,
  mailer: none,
  collapseKeys: none,
  webhooks: none,
  secrets: none,
  payments: none,
  partner: none,
  now: Date.now,
};
const world = new JobWorld();
const consumer = { ...world.consumer(), processorOf: (name: typeof type) => processorRegistry[name](services) };
const media = { link: (key: string) => `https://media.example/${key}` };

const inputs = [{ text: 'one more mile' }, { text: 'one more mile', spell_longest: true }];
const jobs = [];
for (const input of inputs) {
  const id = newId();
  const outcome = await submitJob({ id, type, owner: 'ada', input, options: {} }, world);
  for (let next = world.queues.receive(); next; next = world.queues.receive()) {
    await processMessage(next.message, { holder: `${id} ${next.message.visit}` }, consumer);
  }
  const job = world.store.head(id);
  const view = JobView.parse(await viewJob(job, { ...world, media }));
  jobs.push({ outcome: outcome.kind, view, steps: [...new Set(job.history.flatMap(({ step }) => step ?? []))] });
}
const queues = world.queues.sent.map(({ queue }) => queue);
process.stdout.write(JSON.stringify({ jobs, queues }));
