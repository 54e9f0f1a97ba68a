import type * as z from 'zod';
import { longestRedrive, type RedriveAnswer, redriveSeconds } from '../../shared/catalog/schemas/operate.ts';
import type { JobStore } from '../../shared/domain/ports.ts';
import { type RedrivePorts, redriveJobs } from '../../shared/jobs/redrive-jobs.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';

/** Redrives the chosen jobs as far as the time goes, and says what became of each. The log keeps who asked for what. */
export async function redriveDeadLetters(
  { body: asked, owner: operator }: HttpRequest<'redrive_dead_letters'>,
  ports: RedrivePorts,
): Promise<HttpAnswer> {
  const until = ports.now() + redriveSeconds * 1_000;
  const { ids, more } = await choose(asked, ports.store);
  const { dry_run, rate_per_second } = asked;
  const outcomes = await redriveJobs({ ids, dryRun: dry_run, ratePerSecond: rate_per_second, until, operator }, ports);
  const body: z.infer<typeof RedriveAnswer> = {
    dry_run,
    outcomes: outcomes.map(({ id, outcome }) => ({ job_id: id, outcome })),
    remaining: ids.length - outcomes.length,
    more,
  };
  ports.telemetry.note('dead_letters_redriven', { operator, ...asked, ...body });
  return { status: 200, body };
}

/** The oldest of a queue first: one that fails again becomes the newest, so that no job is redriven over and over while others wait. */
async function choose(
  { job_ids, queue, limit = longestRedrive }: HttpRequest<'redrive_dead_letters'>['body'],
  store: JobStore,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  if (job_ids) return { ids: [...new Set(job_ids)], more: false };
  const ids: string[] = [];
  if (!queue) return { ids, more: false };
  for await (const { id } of store.deadLetters(queue, 'oldest_first')) {
    if (ids.length === limit) return { ids, more: true };
    ids.push(id);
  }
  return { ids, more: false };
}
