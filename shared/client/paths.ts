import type {
  AssistantPath,
  BasePath,
  BatchPath,
  CancelPath,
  EventsPath,
  HealthPath,
  RecentPath,
  RetryPath,
  SchedulePath,
  SchedulesPath,
  StatusPath,
  SubmitRoutes,
  UploadsPath,
  WebhookSecretPath,
} from './contract.ts';

/*
 * The catalog's routes table brings zod and every schema with it, ten times the weight of this client. The few strings needed here are
 * written again; their types are the catalog's literals, so the compiler refuses a wrong one and asks for a line when a route is added.
 */

export const basePath: BasePath = '/api/v1';

export const submitRoutes: SubmitRoutes = {
  generate_story: { path: '/jobs/story/generate', jobType: 'generate_story' },
  synthesize_voice: { path: '/jobs/voice/synthesize', jobType: 'synthesize_voice' },
  pregenerate_stories: { path: '/jobs/batch/stories', jobType: 'pregenerate_stories' },
  process_reservation: { path: '/jobs/booking/process', jobType: 'process_reservation' },
  cancel_reservation: { path: '/jobs/booking/cancel', jobType: 'cancel_reservation' },
  generate_highlights: { path: '/jobs/highlights/generate', jobType: 'generate_highlights' },
  send_notification: { path: '/jobs/notification/send', jobType: 'send_notification' },
  process_image: { path: '/jobs/image/process', jobType: 'process_image' },
};

export const assistantPath: AssistantPath = '/assistant/messages';

export const healthPath: HealthPath = '/health';

export const uploadsPath: UploadsPath = '/uploads';

/** A page of the caller's jobs; what is undefined is left out. */
export function recentPath(query: Readonly<Record<string, string | undefined>>): string {
  const path: RecentPath = '/jobs/recent';
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

/** Where the job is cancelled. */
export function cancelPath(jobId: string): string {
  const template: CancelPath = '/jobs/cancel/{job_id}';
  return template.replace('{job_id}', encodeURIComponent(jobId));
}

/** Where a failed job is tried again. */
export function retryPath(jobId: string): string {
  const template: RetryPath = '/jobs/retry/{job_id}';
  return template.replace('{job_id}', encodeURIComponent(jobId));
}

export const webhookSecretPath: WebhookSecretPath = '/webhooks/secret';

export const schedulesPath: SchedulesPath = '/schedules';

/** The address of one schedule. */
export function schedulePath(scheduleId: string): string {
  const template: SchedulePath = '/schedules/{schedule_id}';
  return template.replace('{schedule_id}', encodeURIComponent(scheduleId));
}

/** Where a batch is read with each of its stories. */
export function batchPath(batchId: string): string {
  const template: BatchPath = '/jobs/batch/status/{batch_id}';
  return template.replace('{batch_id}', encodeURIComponent(batchId));
}

/** Where what happened to the job after its event of that number is read. */
export function eventsPath(jobId: string, after: number): string {
  const template: EventsPath = '/jobs/events/{job_id}';
  return `${template.replace('{job_id}', encodeURIComponent(jobId))}?after=${after}`;
}

/** Where the job's state is read. */
export function statusPath(jobId: string): string {
  const template: StatusPath = '/jobs/status/{job_id}';
  return template.replace('{job_id}', encodeURIComponent(jobId));
}
