import type { Connection } from './ask.ts';
import { type JobsClient, jobsClient } from './jobs-client.ts';
import { basePath } from './paths.ts';
import { type Fetch, globalPlatform } from './platform.ts';
import { pollingFollower } from './poll.ts';

/*
 * The client of the Roadtrip Jobs API, and what an app imports with it: the one module whose exports are the package.
 */

export interface JobsClientOptions {
  /** Where the API is, such as `https://api.example.com`; with or without `/api/v1`. */
  readonly baseUrl: string;
  /** The owner's access token. Asked for before each request, so that a long job outlives a token. */
  readonly token: () => string | Promise<string>;
  /** Default: the global one. */
  readonly fetch?: Fetch;
  /** Seconds to go on without an answer of the API before giving up. Default 120. */
  readonly patience?: number;
}

const defaultPatience = 120;

/** A client of the API. Makes no request by itself and holds nothing that would have to be closed. */
export function createJobsClient({ baseUrl, token, fetch, patience = defaultPatience }: JobsClientOptions): JobsClient {
  const connection: Connection = { baseUrl: originOf(baseUrl), token, patience, platform: globalPlatform(fetch) };
  return jobsClient(connection, pollingFollower(connection));
}

function originOf(baseUrl: string): string {
  const url = baseUrl.replace(/\/+$/, '');
  return url.endsWith(basePath) ? url.slice(0, -basePath.length) : url;
}

export type { AskOptions, AssistantAnswer } from './ask-assistant.ts';
export type {
  AskAssistantRequest,
  Batch,
  Bodies,
  Health,
  ImmediateAnswer,
  JobEvents,
  JobSummary,
  Results,
  Schedule,
  ScheduleRequest,
  WebhookEvent,
} from './contract.ts';
export {
  AbortError,
  JobCancelledError,
  JobEndError,
  JobExpiredError,
  JobFailedError,
  JobsError,
  NetworkError,
  ProblemError,
} from './errors.ts';
export type { CompletedJob, Job, JobOf, JobType, SubmitRoute } from './job.ts';
export type { JobMethod, JobsClient } from './jobs-client.ts';
export type { Photo, PhotoFile, PhotoOptions } from './photo.ts';
export type { Fetch } from './platform.ts';
export type { EventsOptions } from './read-events.ts';
export type { RecentOptions } from './recent.ts';
export type { FollowOptions, RunOptions } from './run.ts';
export type { Schedules } from './schedules.ts';
export type { AcceptedJob, SubmitOptions } from './submit.ts';
export type { VerifyWebhookOptions, WebhookHeaders } from './webhook.ts';
export { verifyWebhook, WebhookVerificationError } from './webhook.ts';
