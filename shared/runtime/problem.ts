import type * as z from 'zod';
import { longestFieldPath, mostFieldsNamed, type ProblemCode, problems } from '../catalog/problems.ts';
import type { ProblemDocument } from '../catalog/schemas/job.ts';
import type { JobStatus } from '../domain/job.ts';
import type { HttpAnswer } from './http-answer.ts';

/** Ends the handling of a request with a problem of the catalog. Only `detail`, `errors`, the job's status and the catalog's words reach the client. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly jobStatus: JobStatus | undefined;

  constructor(code: ProblemCode, detail: string, { errors = [], headers = {}, jobStatus }: ProblemMembers = {}) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
    this.jobStatus = jobStatus;
  }
}

interface ProblemMembers {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the job that the request is about, when that is why it is refused. */
  readonly jobStatus?: JobStatus;
}

/** The problem of a request with wrong fields, each of which may be wrong in several ways. */
export function wrongFields(errors: readonly FieldError[]): ProblemError {
  const wrong = new Set(errors.map(({ path }) => path)).size;
  const detail = wrong === 1 ? 'One field is wrong' : `${wrong} fields are wrong`;
  return new ProblemError('invalid_request', detail, { errors });
}

/** One wrong field: its path, as `location.latitude` or `interests[2]`, and what it must be. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Every wrong field of a failed parse. A field that is not known is named itself, not its parent. */
export function fieldErrors(error: z.ZodError, root = ''): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ path: pathOf([root, ...issue.path]), message: issue.message }];
    return issue.keys.map((key) => ({ path: pathOf([root, ...issue.path, key]), message: 'is not a known field' }));
  });
}

function pathOf(steps: readonly PropertyKey[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? String(step) : `${path}.${String(step)}`;
  }, '');
}

/** The problem as an answer (RFC 9457); `path` is that of the request, decoded. Of very many wrong fields it names the first ones. */
export function problemAnswer(problem: ProblemError, path: string, requestId: string): HttpAnswer {
  const { status, title } = problems[problem.code];
  const { errors, jobStatus } = problem;
  const body: z.infer<typeof ProblemDocument> = {
    type: `/problems/${problem.code}`,
    title,
    status,
    detail:
      errors.length > mostFieldsNamed ? `${problem.message}; the first ${mostFieldsNamed} are named` : problem.message,
    instance: uriPath(path),
    code: problem.code,
    request_id: requestId,
    ...(jobStatus !== undefined && { job_status: jobStatus }),
    ...(errors.length > 0 && { errors: errors.slice(0, mostFieldsNamed).map(shortened) }),
  };
  return { status, body, headers: { 'content-type': 'application/problem+json', ...problem.headers } };
}

function shortened({ path, message }: FieldError): FieldError {
  return {
    path: path.length > longestFieldPath ? `${path.slice(0, longestFieldPath).toWellFormed()}…` : path,
    message,
  };
}

/** `instance` is a URI reference, and the gateway hands the path over decoded. */
function uriPath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
