import type * as z from 'zod';
import type { JobType, ResultOf } from '../catalog/job-types.ts';
import type { basePath, RouteName, routes } from '../catalog/routes.ts';
import type * as assistantSchemas from '../catalog/schemas/assistant.ts';
import type * as jobSchemas from '../catalog/schemas/job.ts';
import type { JobSummary as JobSummarySchema } from '../catalog/schemas/job-lists.ts';
import type { ScheduleView } from '../catalog/schemas/schedule-view.ts';
import type * as webhookSchemas from '../catalog/schemas/webhook.ts';

/**
 * The API's types, derived from the catalog, and nothing that exists at run time. In the published package this module is replaced by
 * plain types made from the same schemas (infra/build/client-types.ts), so that an app needs no zod; a test holds the two together.
 */
type Routes = typeof routes;

/** Every route that an app may submit a job to; operators' routes are not among them, nor those that may need no job. */
type AppSubmitRoute = {
  [R in RouteName]: Routes[R] extends { readonly jobType: JobType; readonly body: z.ZodType }
    ? Routes[R] extends { readonly scope: `ops:${string}` } | { readonly mayNeedNoJob: true }
      ? never
      : R
    : never;
}[RouteName];

/** Path and job type of each submit route, as literals. */
export type SubmitRoutes = { readonly [R in AppSubmitRoute]: Pick<Routes[R], 'path' | 'jobType'> };

/** What each submit route takes. */
export type Bodies = { readonly [R in AppSubmitRoute]: z.input<Routes[R]['body']> };

/** What a job of each type makes, as its owner sees it: stored objects have become links. */
export type Results = { readonly [T in JobType]: Shown<ResultOf<T>> };

type Shown<Stored> = {
  [Field in keyof Stored as Field extends `${infer Name}_key` ? `${Name}_url` : Field]: Stored[Field];
};

export type BasePath = typeof basePath;
export type StatusPath = Routes['read_job']['path'];
export type AssistantPath = Routes['ask_assistant']['path'];
export type HealthPath = Routes['read_health']['path'];
export type BatchPath = Routes['read_batch']['path'];
export type EventsPath = Routes['read_events']['path'];
export type CancelPath = Routes['cancel_job']['path'];
export type RetryPath = Routes['retry_job']['path'];
export type WebhookSecretPath = Routes['read_webhook_secret']['path'];
export type RecentPath = Routes['list_recent']['path'];
export type UploadsPath = Routes['create_upload']['path'];
export type SchedulesPath = Routes['list_schedules']['path'];
export type SchedulePath = Routes['delete_schedule']['path'];

/** A job as its owner sees it, but for its result. */
export type JobView = Omit<z.infer<typeof jobSchemas.JobView>, 'result'>;
export type AskAssistantRequest = z.input<typeof assistantSchemas.AskAssistantRequest>;
export type ImmediateAnswer = z.infer<typeof assistantSchemas.ImmediateAnswer>;
export type AsyncAnswer = z.infer<typeof assistantSchemas.AsyncAnswer>;
export type Health = z.infer<typeof jobSchemas.Health>;
/** A job in a list: enough to show it, without its result. */
export type JobSummary = z.infer<typeof JobSummarySchema>;
/** A batch with each of its stories. */
export type Batch = z.infer<Routes['read_batch']['answers'][200]>;
/** What happened to a job. */
export type JobEvents = z.infer<Routes['read_events']['answers'][200]>;
export type UploadRequest = z.input<Routes['create_upload']['body']>;
export type UploadForm = z.infer<Routes['create_upload']['answers'][201]>;
/** What makes a schedule. */
export type ScheduleRequest = z.input<Routes['create_schedule']['body']>;
export type Schedule = z.infer<typeof ScheduleView>;
export type Problem = z.infer<typeof jobSchemas.ProblemDocument>;

/** What a receiver is sent when a job has ended. */
export type WebhookEvent = webhookSchemas.WebhookEvent;
