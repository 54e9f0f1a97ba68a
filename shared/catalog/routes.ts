import * as z from 'zod';
import type { FunctionName } from './functions.ts';
import type { JobType } from './job-types.ts';
import type { LimitClass } from './owner-limits.ts';
import type { ProblemCode } from './problems.ts';
import { queueNames } from './queues.ts';
import { AskAssistantRequest, AsyncAnswer, ImmediateAnswer } from './schemas/assistant.ts';
import { BatchAnswer, PregenerateStoriesRequest } from './schemas/batch.ts';
import { BatchView } from './schemas/batch-view.ts';
import { CancelReservationRequest, ProcessReservationRequest } from './schemas/booking.ts';
import { GenerateHighlightsRequest } from './schemas/highlights.ts';
import { CreateUploadRequest, ProcessImageRequest, UploadForm } from './schemas/image.ts';
import { Health, JobView } from './schemas/job.ts';
import { EventsQuery, JobEvents, JobList, RecentQuery } from './schemas/job-lists.ts';
import { SendNotificationRequest } from './schemas/notification.ts';
import { DeadLetters, DeadLettersQuery, RedriveAnswer, RedriveRequest } from './schemas/operate.ts';
import { QueueConsumerView, QueueStats } from './schemas/queue-stats.ts';
import { CreateScheduleRequest } from './schemas/schedule.ts';
import { ScheduleList, ScheduleView } from './schemas/schedule-view.ts';
import { GenerateStoryRequest, SynthesizeVoiceRequest } from './schemas/story.ts';
import { JobId, ScheduleId, SubmitAnswer } from './schemas/submit.ts';
import { WebhookReceipt, WebhookSecret } from './schemas/webhook.ts';
import type { Scope } from './scopes.ts';

export const basePath = '/api/v1';

/** A submit is answered with the job itself once that has ended: when it was answered from the cache, or within `Prefer: wait`. */
const submitAnswers = { 200: JobView, 202: SubmitAnswer };

/** Every route of the API: the router, the gateway's routes, the OpenAPI document and the typed client are derived from it. */
export const routes = {
  generate_story: {
    method: 'POST',
    path: '/jobs/story/generate',
    summary: 'Write a story about a place, and narrate it if asked',
    scope: 'jobs:write',
    function: 'submit-job',
    jobType: 'generate_story',
    body: GenerateStoryRequest,
    holds: true,
    answers: submitAnswers,
  },
  synthesize_voice: {
    method: 'POST',
    path: '/jobs/voice/synthesize',
    summary: 'Narrate a text',
    scope: 'jobs:write',
    function: 'submit-job',
    jobType: 'synthesize_voice',
    body: SynthesizeVoiceRequest,
    holds: true,
    answers: submitAnswers,
  },
  process_image: {
    method: 'POST',
    path: '/jobs/image/process',
    summary: 'Make the pictures of an uploaded photo: upright, in three sizes, without metadata',
    scope: 'jobs:write',
    function: 'submit-job',
    jobType: 'process_image',
    body: ProcessImageRequest,
    holds: true,
    answers: submitAnswers,
  },
  process_reservation: {
    method: 'POST',
    path: '/jobs/booking/process',
    summary: 'Reserve at a venue and pay; both happen, once, or neither does',
    scope: 'jobs:write',
    function: 'submit-job',
    jobType: 'process_reservation',
    limit: 'booking',
    idempotencyKey: 'required',
    body: ProcessReservationRequest,
    holds: true,
    answers: submitAnswers,
  },
  cancel_reservation: {
    method: 'POST',
    path: '/jobs/booking/cancel',
    summary: 'Give a completed booking back and refund it',
    scope: 'jobs:write',
    function: 'submit-job',
    jobType: 'cancel_reservation',
    limit: 'booking',
    idempotencyKey: 'required',
    body: CancelReservationRequest,
    holds: true,
    answers: submitAnswers,
    problems: ['job_not_found', 'booking_not_completed'],
  },
  pregenerate_stories: {
    method: 'POST',
    path: '/jobs/batch/stories',
    summary: 'Write stories along whole routes ahead of the journey',
    scope: 'jobs:write',
    function: 'submit-job',
    jobType: 'pregenerate_stories',
    limit: 'batch',
    body: PregenerateStoriesRequest,
    answers: { 202: BatchAnswer },
  },
  generate_highlights: {
    method: 'POST',
    path: '/jobs/highlights/generate',
    summary: 'Look back at a journey: its statistics, its highlights and a narrative, from its stories and photos',
    scope: 'jobs:write',
    function: 'submit-job',
    jobType: 'generate_highlights',
    limit: 'submit',
    body: GenerateHighlightsRequest,
    holds: true,
    answers: submitAnswers,
  },
  send_notification: {
    method: 'POST',
    path: '/jobs/notification/send',
    summary: 'Send a message to devices and e-mail addresses of travellers, each with an outcome of its own',
    scope: 'notifications:write',
    function: 'submit-job',
    jobType: 'send_notification',
    limit: 'submit',
    body: SendNotificationRequest,
    holds: true,
    answers: submitAnswers,
  },
  read_batch: {
    method: 'GET',
    path: '/jobs/batch/status/{batch_id}',
    summary: 'Follow one batch and each of its stories',
    scope: 'jobs:read',
    function: 'read-jobs',
    params: z.strictObject({ batch_id: JobId }),
    polled: true,
    answers: { 200: BatchView },
    problems: ['job_not_found'],
  },
  ask_assistant: {
    method: 'POST',
    path: '/assistant/messages',
    summary: 'Answer a traveller: at once if the question is simple or its story is kept, else by a job',
    description:
      'An answer at once (200) makes no job and stores nothing, so an `Idempotency-Key` goes on to stand for nothing. A key that stands for a job is answered with that job, even if the message could be answered at once by now.',
    scope: 'jobs:write',
    function: 'answer-messages',
    jobType: 'answer_traveler',
    mayNeedNoJob: true,
    limit: 'assistant',
    body: AskAssistantRequest,
    answers: { 200: ImmediateAnswer, 202: AsyncAnswer },
  },
  create_upload: {
    method: 'POST',
    path: '/uploads',
    summary: 'Get a form that uploads one photo',
    scope: 'jobs:write',
    function: 'submit-job',
    limit: 'uploads',
    body: CreateUploadRequest,
    answers: { 201: UploadForm },
  },
  read_job: {
    method: 'GET',
    path: '/jobs/status/{job_id}',
    summary: 'Follow one job',
    scope: 'jobs:read',
    function: 'read-jobs',
    params: z.strictObject({ job_id: JobId }),
    conditional: true,
    polled: true,
    answers: { 200: JobView },
    problems: ['job_not_found'],
  },
  read_events: {
    method: 'GET',
    path: '/jobs/events/{job_id}',
    summary: 'What happened to one job, event by event',
    scope: 'jobs:read',
    function: 'read-jobs',
    params: z.strictObject({ job_id: JobId }),
    query: EventsQuery,
    answers: { 200: JobEvents },
    problems: ['job_not_found'],
  },
  list_recent: {
    method: 'GET',
    path: '/jobs/recent',
    summary: 'The caller’s jobs, newest first; the stories of a batch are listed by the batch',
    scope: 'jobs:read',
    function: 'read-jobs',
    query: RecentQuery,
    answers: { 200: JobList },
  },
  cancel_job: {
    method: 'POST',
    path: '/jobs/cancel/{job_id}',
    summary: 'Cancel a job: at once if it waits, within two seconds if it runs',
    description:
      'To cancel a job that is cancelled already is 200 again, so it is safe to repeat. One that has ended otherwise stays as it is: 409 `job_ended`, whose `job_status` says how.',
    scope: 'jobs:write',
    function: 'control-jobs',
    limit: 'control',
    params: z.strictObject({ job_id: JobId }),
    answers: { 200: JobView, 202: JobView },
    problems: ['job_not_found', 'job_ended', 'job_beyond_recall'],
  },
  retry_job: {
    method: 'POST',
    path: '/jobs/retry/{job_id}',
    summary: 'Try a failed job again',
    scope: 'jobs:write',
    function: 'control-jobs',
    limit: 'control',
    params: z.strictObject({ job_id: JobId }),
    answers: { 202: JobView },
    problems: ['job_not_found', 'job_not_failed', 'too_many_unfinished', 'daily_budget_spent'],
  },
  read_webhook_secret: {
    method: 'GET',
    path: '/webhooks/secret',
    summary: 'The secret by which the caller’s receivers know that a webhook is ours',
    scope: 'jobs:write',
    function: 'read-jobs',
    answers: { 200: WebhookSecret },
  },
  receive_stripe_event: {
    method: 'POST',
    path: '/webhooks/stripe',
    summary: 'For Stripe: what happens to payments; it is looked into, and never taken at its word',
    function: 'receive-webhooks',
    signature: 'Stripe-Signature',
    answers: { 200: WebhookReceipt },
    problems: ['signature_invalid', 'payload_too_large', 'event_in_flight'],
  },
  create_schedule: {
    method: 'POST',
    path: '/schedules',
    summary: 'Have a job made again and again, or once, at its time',
    scope: 'jobs:write',
    function: 'schedule-jobs',
    limit: 'control',
    body: CreateScheduleRequest,
    repeatable: true,
    answers: { 201: ScheduleView },
    problems: ['too_many_schedules'],
  },
  list_schedules: {
    method: 'GET',
    path: '/schedules',
    summary: 'The caller’s schedules, newest first',
    scope: 'jobs:write',
    function: 'schedule-jobs',
    answers: { 200: ScheduleList },
  },
  delete_schedule: {
    method: 'DELETE',
    path: '/schedules/{schedule_id}',
    summary: 'Delete a schedule, and see it for the last time; jobs that it has made go on',
    scope: 'jobs:write',
    function: 'schedule-jobs',
    limit: 'control',
    params: z.strictObject({ schedule_id: ScheduleId }),
    answers: { 200: ScheduleView },
    problems: ['schedule_not_found'],
  },
  probe_queue: {
    method: 'POST',
    path: '/ops/queues/{queue}/probe',
    summary: 'Send an empty job through one queue, to see that it is picked up',
    scope: 'ops:write',
    function: 'operate',
    jobType: 'probe',
    params: z.strictObject({ queue: z.enum(queueNames) }),
    answers: { 202: SubmitAnswer },
  },
  pause_queue: {
    method: 'POST',
    path: '/ops/queues/{queue}/pause',
    summary: 'Stop taking jobs from one queue; jobs are accepted still, and expire if they wait too long',
    scope: 'ops:write',
    function: 'operate',
    params: z.strictObject({ queue: z.enum(queueNames) }),
    problems: ['consumer_changing'],
    answers: { 200: QueueConsumerView },
  },
  resume_queue: {
    method: 'POST',
    path: '/ops/queues/{queue}/resume',
    summary: 'Take jobs from a paused queue again',
    scope: 'ops:write',
    function: 'operate',
    params: z.strictObject({ queue: z.enum(queueNames) }),
    problems: ['consumer_changing'],
    answers: { 200: QueueConsumerView },
  },
  read_queue_stats: {
    method: 'GET',
    path: '/jobs/queue/stats',
    summary: 'What waits and runs in every queue, and how the last hour was, beside what was promised',
    scope: 'ops:read',
    function: 'operate',
    answers: { 200: QueueStats },
  },
  read_metrics: {
    method: 'GET',
    path: '/metrics',
    summary: 'The same figures for a scraper, as OpenMetrics text',
    scope: 'ops:read',
    function: 'operate',
    answers: { 200: z.string() },
    mediaType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  },
  list_dead_letters: {
    method: 'GET',
    path: '/ops/dead-letters',
    summary: 'Failed jobs and unreadable messages, newest first',
    scope: 'ops:read',
    function: 'operate',
    query: DeadLettersQuery,
    answers: { 200: DeadLetters },
  },
  redrive_dead_letters: {
    method: 'POST',
    path: '/ops/dead-letters/redrive',
    summary: 'Give failed jobs another life, at a bounded rate; by default only say what would be done',
    scope: 'ops:write',
    function: 'operate',
    body: RedriveRequest,
    answers: { 200: RedriveAnswer },
  },
  read_health: {
    method: 'GET',
    path: '/health',
    summary: 'Whether the API answers',
    function: 'read-jobs',
    answers: { 200: Health },
  },
  read_openapi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document',
    function: 'read-jobs',
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
  read_docs: {
    method: 'GET',
    path: '/docs',
    summary: 'The documentation of the API, for people',
    function: 'read-jobs',
    answers: { 200: z.string() },
    mediaType: 'text/html; charset=utf-8',
  },
} as const satisfies Record<string, RouteDefinition>;

export type RouteName = keyof typeof routes;

export const routeNames = Object.keys(routes).filter(isRouteName);

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}

export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `basePath`; parameters in braces. */
  readonly path: string;
  readonly summary: string;
  /** What the summary has no room for; `code` is marked in it as in Markdown. */
  readonly description?: string;
  /** Absent: no token needed. */
  readonly scope?: Scope;
  readonly function: FunctionName;
  /** What a request becomes. */
  readonly jobType?: JobType;
  /** The owner's bucket that it takes from. @default `submit` for a submit of the app (owner-limits.ts) */
  readonly limit?: LimitClass;
  /** Whether a request may be answered without a job, or become one of another type: its answers say so in `type`. */
  readonly mayNeedNoJob?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Whether an idempotency key makes it safe to repeat, as it does every submit. */
  readonly repeatable?: true;
  /** Whether `Prefer: wait` holds the submit until its job has ended, which is then the answer. */
  readonly holds?: true;
  /** Whether `If-None-Match` may be sent, and 304 be the answer. */
  readonly conditional?: true;
  /** Whether an answer may tell when it is worth looking again (`Retry-After`). */
  readonly polled?: true;
  /** Header that proves who sent the request, over the exact text of its body, where there is no token. */
  readonly signature?: string;
  /** Whether the submit must bring an `Idempotency-Key`; otherwise it may. */
  readonly idempotencyKey?: 'required';
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Beside those that its parts imply (route-problems.ts). */
  readonly problems?: readonly ProblemCode[];
  /** Of the answers. @default application/json */
  readonly mediaType?: string;
}
