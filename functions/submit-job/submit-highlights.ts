import { journeyParts } from '../../shared/jobs/journey-parts.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { wrongFields } from '../../shared/runtime/problem.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';

/**
 * Accepts a look back at a journey of the caller's own stories and photos, which need not be finished yet. Somebody else's is refused in the
 * same words as one that never existed.
 */
export async function submitHighlights(
  request: HttpRequest<'generate_highlights'>,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const { body, owner } = request;
  const plan = async () => {
    const { objections } = await journeyParts(body, owner, ports.store, ports.now());
    if (objections.length > 0) throw wrongFields(objections);
    return { type: 'generate_highlights', input: body } as const;
  };
  return acceptJob(request, { options: body, plan }, ports);
}
