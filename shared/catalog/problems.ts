/**
 * Every problem the API can answer with (RFC 9457). `type` is `/problems/<code>`; the docs page has a section for each, with the advice. `code`
 * is marked in it as in Markdown. With `retryAfter` its answers say when it is worth sending the request again.
 */
export const problems = {
  invalid_request: {
    status: 400,
    title: 'The request has wrong fields',
    advice: 'Correct every field that `errors` names by its path; the same request again is refused again.',
  },
  idempotency_key_required: {
    status: 400,
    title: 'The header Idempotency-Key is missing',
    advice:
      'Make a new `Idempotency-Key` for each booking or cancellation, and repeat it with every repetition of the request.',
  },
  signature_invalid: {
    status: 400,
    title: 'The event is not signed by the payment provider',
    advice: 'Sign the exact bytes of the body with the secret of the endpoint, within five minutes.',
  },
  malformed_json: { status: 400, title: 'The body is not valid JSON', advice: 'Send one JSON value in UTF-8.' },
  token_without_subject: {
    status: 403,
    title: 'The token does not say whose it is',
    advice: 'Use a token whose `iss` and `sub` claims name the caller.',
  },
  not_found: {
    status: 404,
    title: 'No such route',
    advice: 'Look the route up above; every path begins with `/api/v1`.',
  },
  job_not_found: {
    status: 404,
    title: 'No such job',
    advice:
      'Check the id and the token: a job of another owner is answered so too, and so is one whose time of keeping is over.',
  },
  schedule_not_found: {
    status: 404,
    title: 'No such schedule',
    advice:
      'Check the id and the token: a schedule of another owner is answered so too, and so is one that was deleted or ended a day ago.',
  },
  too_many_schedules: {
    status: 409,
    title: 'The caller has as many schedules as one may have',
    advice: 'Delete one that is no longer needed; one that has ended counts for a day, unless it is deleted before.',
  },
  job_ended: {
    status: 409,
    title: 'The job has already ended',
    advice: 'Nothing: the job stays as it is; `job_status` says how it ended.',
  },
  job_beyond_recall: {
    status: 409,
    title: 'The job can no longer be cancelled',
    advice:
      'Follow the job: it will be completed, or what it did is being taken back. A completed booking has a cancellation of its own.',
  },
  booking_not_completed: {
    status: 409,
    title: 'Only a completed booking can be cancelled so',
    advice:
      'While the booking is being made, cancel its job with `POST /jobs/cancel/{job_id}`; one that failed has charged nothing.',
  },
  event_in_flight: {
    status: 409,
    title: 'The event is being handled at this moment',
    advice: 'Send it again a little later.',
  },
  job_not_failed: {
    status: 409,
    title: 'Only a failed job can be tried again',
    advice: "Read the job's status; a job that is waiting or running needs no retry.",
  },
  method_not_allowed: {
    status: 405,
    title: 'The route does not know this method',
    advice: 'Use a method that the `Allow` header names.',
  },
  consumer_changing: {
    status: 409,
    retryAfter: true,
    title: 'The consumer of the queue is being changed at this moment',
    advice: 'Send the request again after `Retry-After`; a change takes seconds.',
  },
  idempotency_in_flight: {
    status: 409,
    retryAfter: true,
    title: 'The first request with this key is still being answered',
    advice: 'Send the same request again after `Retry-After`; it is answered like the first.',
  },
  payload_too_large: {
    status: 413,
    title: 'The body is too large',
    advice: 'Send less. Photos go to the form of `POST /uploads`, not into a body.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be application/json',
    advice: 'Set `Content-Type: application/json`.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This key was used for a different request',
    advice: 'Make a new key for each new request; repeat one only with the same body.',
  },
  rate_limited: {
    status: 429,
    retryAfter: true,
    title: 'Too many requests of this kind',
    advice:
      'Wait as long as `Retry-After` says; `RateLimit` tells with every answer what is left. A `message` instead of a problem is the gateway’s own limit, which all callers share.',
  },
  too_many_unfinished: {
    status: 429,
    retryAfter: true,
    title: 'Too many of your jobs have not ended yet',
    advice: 'Wait until one of them has ended, or cancel one, and send the request again; `detail` names the queue.',
  },
  daily_budget_spent: {
    status: 429,
    retryAfter: true,
    title: 'The budget of your day is spent',
    advice:
      'Wait until the day is over in UTC, as `Retry-After` says. What a job has cost is in its `cost`; a story that is kept costs nothing.',
  },
  record_unreadable: {
    status: 500,
    title: 'The record of the job or schedule cannot be read at the moment',
    advice:
      'Ask again in some minutes. Nothing is lost, and operators know of it by the id. Lists leave such a job or schedule out; a new submit would be a second job.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong on our side',
    advice: 'Send the request again, with its idempotency key if it has one. If it goes on, report the `request_id`.',
  },
} as const satisfies Record<string, ProblemDefinition>;

interface ProblemDefinition {
  readonly status: number;
  readonly title: string;
  readonly advice: string;
  readonly retryAfter?: true;
}

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

/**
 * The longest that `Prefer: wait` holds a submit, seconds; API Gateway itself gives up after 30
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
 */
export const longestHoldSeconds = 20;
