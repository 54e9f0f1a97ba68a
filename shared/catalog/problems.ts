/** Every problem the API can answer with (RFC 9457). `type` is `/problems/<code>`; docs and OpenAPI are derived from this table. */
export const problems = {
  invalid_request: { status: 400, title: 'The request has wrong fields' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  token_without_subject: { status: 403, title: 'The token does not say whose it is' },
  not_found: { status: 404, title: 'No such route' },
  job_not_found: { status: 404, title: 'No such job' },
  job_ended: { status: 409, title: 'The job has already ended' },
  job_not_failed: { status: 409, title: 'Only a failed job can be tried again' },
  method_not_allowed: { status: 405, title: 'The route does not know this method' },
  consumer_changing: { status: 409, title: 'The consumer of the queue is being changed at this moment' },
  idempotency_in_flight: { status: 409, title: 'The first request with this key is still being answered' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  idempotency_key_reused: { status: 422, title: 'This key was used for a different request' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;

/** The largest body of any request, bytes of UTF-8: leaves a job's record room for everything written to it later. */
export const longestBodyBytes = 65_536;

/** How many wrong fields a problem names, and how much of each one's path, characters: a small request must not ask for a huge answer. */
export const mostFieldsNamed = 100;
export const longestFieldPath = 200;

/** How deep a body's JSON may nest. */
export const deepestBody = 32;

/** How long an idempotency key is remembered, seconds. */
export const idempotencySeconds = 86_400;
