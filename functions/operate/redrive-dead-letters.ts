import type * as z from 'zod';
import { longestRedrive, type RedriveAnswer, redriveSeconds } from '../../shared/catalog/schemas/operate.ts';
import { chooseDead, type RedrivePorts, redriveJobs } from '../../shared/jobs/redrive-jobs.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';

/** Redrives the chosen jobs as far as the time goes, and says what became of each. The log keeps who asked for what. */
export async function redriveDeadLetters(
  { body: asked, owner: operator }: HttpRequest<'redrive_dead_letters'>,
  ports: RedrivePorts,
): Promise<HttpAnswer> {
  const until = ports.now() + redriveSeconds * 1_000;
  const { ids, more } = await choose(asked, until, ports);
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

async function choose(
  { job_ids = [], queue, limit = longestRedrive }: HttpRequest<'redrive_dead_letters'>['body'],
  until: number,
  ports: RedrivePorts,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  if (queue) return chooseDead(queue, { limit, until }, ports);
  return { ids: [...new Set(job_ids)], more: false };
}
