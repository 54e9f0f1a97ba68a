import type * as z from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { limitClassOf } from '../../shared/catalog/owner-limits.ts';
import { type ProblemCode, problems } from '../../shared/catalog/problems.ts';
import { problemsOf } from '../../shared/catalog/route-problems.ts';
import { basePath, type RouteDefinition } from '../../shared/catalog/routes.ts';
import { GatewayMessage, gatewayAnswers } from '../../shared/catalog/schemas/gateway.ts';
import { ProblemDocument } from '../../shared/catalog/schemas/job.ts';

/** Every answer that a request to the route can get, by status: ours, our problems, and what API Gateway answers by itself. */
export function responsesOf(route: RouteDefinition): ZodOpenApiResponsesObject {
  const ours = Object.entries(route.answers).map(
    ([status, schema]) => [status, success(route, status, schema)] as const,
  );
  const unchanged = route.conditional ? [['304', notModified] as const] : [];
  const refused = errorStatuses(route).map((status) => [String(status), refusal(route, status)] as const);
  return Object.fromEntries([...ours, ...unchanged, ...refused]);
}

function success(route: RouteDefinition, status: string, schema: z.ZodType): ZodOpenApiResponseObject {
  return {
    description: descriptionOf(route, status),
    ...headersOf(route, status),
    content: { [route.mediaType ?? 'application/json']: { schema } },
  };
}

function descriptionOf({ holds, mayNeedNoJob }: RouteDefinition, status: string): string {
  if (status === '200' && mayNeedNoJob)
    return 'Answered; no job was made, and nothing is stored under an idempotency key';
  if (status === '200' && holds) return ENDED;
  return descriptions[status] ?? 'Done';
}

const ENDED = 'The job has ended already: its story was kept, or the request was held until then (`Prefer`)';

const descriptions: Readonly<Record<string, string>> = {
  200: 'As asked',
  201: 'Made',
  202: 'Accepted; follow the job at its status',
};

function headersOf(route: RouteDefinition, status: string): Pick<ZodOpenApiResponseObject, 'headers'> {
  const { jobType, repeatable, mayNeedNoJob, conditional, polled, holds } = route;
  const isAccepted = status === '202';
  const isShown = status === '200';
  const namesJob = jobType && (isAccepted || !mayNeedNoJob);
  const headers = {
    ...(limitClassOf(route) && { RateLimit: rateLimit, 'RateLimit-Policy': rateLimitPolicy }),
    ...(isAccepted && { 'Retry-After': { ...retryAfter, required: true } }),
    ...(namesJob && { Location: location }),
    ...((namesJob || repeatable) && { 'Idempotent-Replayed': replayed }),
    ...(holds && { 'Preference-Applied': preferenceApplied }),
    ...((jobType === 'generate_story' || (isShown && jobType === 'synthesize_voice') || conditional) && {
      'Cache-Status': cacheStatus,
    }),
    ...(conditional && { ETag: etag }),
    ...(polled && { 'Retry-After': retryAfter }),
  };
  return Object.keys(headers).length > 0 ? { headers } : {};
}

const retryAfter = {
  description: 'Seconds after which it is worth looking again; absent for a job that has ended.',
  schema: { type: 'integer' as const, minimum: 1 },
};

const sendAgainAfter = {
  description: 'Seconds after which it is worth sending the request again.',
  schema: { type: 'integer' as const, minimum: 1 },
};

const rateLimit = {
  description:
    'Requests of this kind that the caller may make now (`r`), and seconds until there is one more (`t`); absent while limits cannot be read, and from a stored answer. Internet-Draft ietf-httpapi-ratelimit-headers.',
  schema: { type: 'string' as const, examples: ['"submit";r=29;t=2'] },
};

const rateLimitPolicy = {
  description: 'How many there are at most (`q`), and seconds in which none become all (`w`).',
  schema: { type: 'string' as const, examples: ['"submit";q=30;w=60'] },
};

const location = {
  description: 'Where to follow the job, the same as `status_url`.',
  required: true,
  schema: { type: 'string' as const, format: 'uri-reference' },
};

const replayed = {
  description: 'Present when this is the stored answer to an earlier request with the same key and body.',
  schema: { type: 'string' as const, enum: ['true'] },
};

const preferenceApplied = {
  description: 'What of `Prefer` was heeded, such as `wait=15`.',
  schema: { type: 'string' as const },
};

const cacheStatus = {
  description:
    'For stories and narrations (RFC 9211): `hit` when the text or the speech was kept, `fwd=miss` when it is made for this job, with `collapsed` when another job is writing the story, `fwd=bypass` for a story that is told later.',
  schema: { type: 'string' as const, examples: ['roadtrip-stories; hit'] },
};

const etag = {
  description: 'Changes with every event of the job, and before its links run out.',
  required: true,
  schema: { type: 'string' as const },
};

const notModified: ZodOpenApiResponseObject = {
  description: 'Nothing has changed since the answer with the ETag of `If-None-Match`; no body',
  headers: { ETag: etag, 'Retry-After': retryAfter },
};

function errorStatuses(route: RouteDefinition): readonly number[] {
  const statuses = [...problemsOf(route).map((code) => problems[code].status), ...gatewayStatuses(route)];
  return [...new Set<number>(statuses)].sort((a, b) => a - b);
}

function gatewayStatuses({ scope, body, signature }: RouteDefinition): number[] {
  const applies = { scoped: scope !== undefined, body: (body ?? signature) !== undefined, always: true };
  return Object.entries(gatewayAnswers).flatMap(([status, { when }]) => (applies[when] ? [Number(status)] : []));
}

/** One status, whoever gives it: problems are told by their content type from the gateway's own message. */
function refusal(route: RouteDefinition, status: number): ZodOpenApiResponseObject {
  const codes = problemsOf(route).filter((code) => problems[code].status === status);
  const gateway = gatewayStatuses(route).includes(status) ? gatewayText(status) : undefined;
  return {
    description: [...codes.map((code) => `\`${code}\`: ${problems[code].title}.`), ...(gateway ? [gateway] : [])].join(
      ' ',
    ),
    ...refusalHeaders(codes),
    content: {
      ...(codes.length > 0 && {
        'application/problem+json': { schema: ProblemDocument, examples: problemExamples(route, codes) },
      }),
      ...(gateway && { 'application/json': { schema: GatewayMessage } }),
    },
  };
}

function refusalHeaders(codes: readonly ProblemCode[]): Pick<ZodOpenApiResponseObject, 'headers'> {
  const headers = {
    ...(codes.some((code) => 'retryAfter' in problems[code]) && { 'Retry-After': sendAgainAfter }),
    ...(codes.includes('rate_limited') && { RateLimit: rateLimit, 'RateLimit-Policy': rateLimitPolicy }),
  };
  return Object.keys(headers).length > 0 ? { headers } : {};
}

function gatewayText(status: number): string {
  const found = Object.entries(gatewayAnswers).find(([name]) => name === String(status));
  return found ? `From API Gateway: ${found[1].description}` : '';
}

function problemExamples({ path, params }: RouteDefinition, codes: readonly ProblemCode[]) {
  const segment = (name: string) => String(params?.shape[name]?.meta()?.examples?.[0] ?? name);
  const instance = basePath + path.replace(/\{(\w+)\}/g, (_, name: string) => segment(name));
  const examples = codes.map((code) => {
    const { status, title } = problems[code];
    const type = `/problems/${code}`;
    const value: z.infer<typeof ProblemDocument> = {
      type,
      title,
      status,
      detail: title,
      instance,
      code,
      request_id: 'Wk1hYgq7oAMEVdQ=',
    };
    return [code, { value }] as const;
  });
  return Object.fromEntries(examples);
}
