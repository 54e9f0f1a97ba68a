import type * as z from 'zod';
import { jobTypeNames, jobTypes } from '../../shared/catalog/job-types.ts';
import { basePath, type RouteDefinition, routeNames, routes } from '../../shared/catalog/routes.ts';
import { AskAssistantRequest, AsyncAnswer, ImmediateAnswer } from '../../shared/catalog/schemas/assistant.ts';
import { BatchView } from '../../shared/catalog/schemas/batch-view.ts';
import { UploadForm } from '../../shared/catalog/schemas/image.ts';
import { Health, JobView, ProblemDocument } from '../../shared/catalog/schemas/job.ts';
import { JobEvents, JobSummary } from '../../shared/catalog/schemas/job-lists.ts';
import { ScheduleView } from '../../shared/catalog/schemas/schedule-view.ts';
import { shown } from '../../shared/catalog/schemas/stored-objects.ts';
import { WebhookEvent } from '../../shared/catalog/schemas/webhook.ts';
import { docComment, type JsonSchema, jsonSchemaOf, typescriptOf } from './json-schema-types.ts';

/**
 * The declarations that stand in for shared/client/contract.ts in the published client: the same types, written out, with the catalog's
 * descriptions as doc comments. An app that uses them needs no zod.
 */
export function contractDeclarations(): string {
  const named = new Map<string, JsonSchema>();
  const typeOf = (type: z.ZodType, io: 'input' | 'output', indent = '  ') => {
    const { $defs, ...schema } = jsonSchemaOf(type, io);
    for (const [name, definition] of Object.entries($defs)) named.set(name, definition);
    return typescriptOf(schema, indent);
  };
  const submits = appSubmitRoutes();
  const main = [
    table(
      'SubmitRoutes',
      submits,
      ({ path, jobType }) => `{ readonly path: '${path}'; readonly jobType: '${jobType}' }`,
    ),
    table('Bodies', submits, ({ body }) => typeOf(body, 'input')),
    table('Results', resultSchemas(), (result) => typeOf(result, 'output')),
    `export type BasePath = '${basePath}';\n`,
    `export type StatusPath = '${routes.read_job.path}';\n`,
    `export type AssistantPath = '${routes.ask_assistant.path}';\n`,
    `export type HealthPath = '${routes.read_health.path}';\n`,
    `export type BatchPath = '${routes.read_batch.path}';\n`,
    `export type EventsPath = '${routes.read_events.path}';\n`,
    `export type CancelPath = '${routes.cancel_job.path}';\n`,
    `export type RetryPath = '${routes.retry_job.path}';\n`,
    `export type WebhookSecretPath = '${routes.read_webhook_secret.path}';\n`,
    `export type RecentPath = '${routes.list_recent.path}';\n`,
    `export type UploadsPath = '${routes.create_upload.path}';\n`,
    `export type UploadRequest = ${typeOf(routes.create_upload.body, 'input', '')};\n`,
    `export type SchedulesPath = '${routes.list_schedules.path}';\n`,
    `export type SchedulePath = '${routes.delete_schedule.path}';\n`,
    `export type ScheduleRequest = ${typeOf(routes.create_schedule.body, 'input', '')};\n`,
    `export type JobView = ${typeOf(JobView.omit({ result: true }), 'output', '')};\n`,
  ];
  typeOf(AskAssistantRequest, 'input');
  const shownTypes = [
    ImmediateAnswer,
    AsyncAnswer,
    Health,
    ProblemDocument,
    ScheduleView,
    WebhookEvent,
    JobSummary,
    JobEvents,
    BatchView,
    UploadForm,
  ];
  for (const type of shownTypes) typeOf(type, 'output');
  const definitions = [...named].map(
    ([name, schema]) => `${docComment(schema.description)}export type ${name} = ${typescriptOf(schema)};\n`,
  );
  return [...main, ...definitions].join('\n');
}

interface SubmitRoute {
  readonly path: string;
  readonly jobType: string;
  readonly body: z.ZodType;
}

function appSubmitRoutes(): Record<string, SubmitRoute> {
  const entries = routeNames.flatMap((name) => {
    const { path, jobType, body, scope, mayNeedNoJob }: RouteDefinition = routes[name];
    return jobType && body && !mayNeedNoJob && !scope?.startsWith('ops:')
      ? [[name, { path, jobType, body }] as const]
      : [];
  });
  return Object.fromEntries(entries);
}

function resultSchemas(): Record<string, z.ZodType> {
  return Object.fromEntries(jobTypeNames.map((type) => [type, shown(jobTypes[type].result)]));
}

function table<Row>(name: string, rows: Readonly<Record<string, Row>>, typeOf: (row: Row) => string): string {
  const lines = Object.entries(rows).map(([key, row]) => `  readonly ${key}: ${typeOf(row)};\n`);
  return `export interface ${name} {\n${lines.join('')}}\n`;
}
