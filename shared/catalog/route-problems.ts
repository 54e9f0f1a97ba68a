import { limitClassOf } from './owner-limits.ts';
import type { ProblemCode } from './problems.ts';
import type { RouteDefinition } from './routes.ts';

/** Every problem that a request to the route can meet: what its parts imply, and what its row names. */
export function problemsOf(route: RouteDefinition): readonly ProblemCode[] {
  const { scope, params, query, body, jobType, repeatable, idempotencyKey, problems = [] } = route;
  const isLimited = limitClassOf(route) !== undefined;
  return [
    ...(scope ? (['token_without_subject'] as const) : []),
    ...(params || query || body || jobType ? (['invalid_request'] as const) : []),
    ...(body ? (['malformed_json', 'payload_too_large', 'unsupported_media_type'] as const) : []),
    ...(jobType || repeatable ? (['idempotency_in_flight', 'idempotency_key_reused'] as const) : []),
    ...(isLimited ? (['rate_limited'] as const) : []),
    ...(isLimited && jobType ? (['too_many_unfinished', 'daily_budget_spent'] as const) : []),
    ...(idempotencyKey === 'required' ? (['idempotency_key_required'] as const) : []),
    ...problems,
    ...(scope ? (['record_unreadable'] as const) : []),
    'internal_error',
  ];
}
