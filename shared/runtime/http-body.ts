import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { deepestBody, longestBodyBytes } from '../catalog/problems.ts';
import { type FieldError, ProblemError } from './problem.ts';

/**
 * The JSON body of a request. Rejects with a problem: another content type (415), too large (413), not JSON, nested too deep, or holding text
 * that cannot be stored (400), with the path of each such text.
 */
export function jsonBody(event: APIGatewayProxyEventV2): unknown {
  const contentType = event.headers['content-type'] ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType)) {
    throw new ProblemError(
      'unsupported_media_type',
      `The content type is ${contentType === '' ? 'missing' : `"${contentType}"`}`,
    );
  }
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > longestBodyBytes) {
    throw new ProblemError(
      'payload_too_large',
      `The body has ${bytes.length} bytes; at most ${longestBodyBytes} are read`,
    );
  }
  const body = parse(bytes);
  const errors = unstorable(body);
  if (errors.length > 0) throw new ProblemError('invalid_request', 'Some text cannot be stored', { errors });
  return body;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ProblemError(
      'malformed_json',
      bytes.length === 0 ? 'The body is empty' : 'The body is not JSON in UTF-8',
    );
  }
}

/** Lone surrogates have no UTF-8, and XML-based services refuse U+FFFE and U+FFFF; both are refused here, before any record is written. */
function unstorable(body: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const open: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: body, path: '', depth: 0 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (depth > deepestBody) return [{ path, message: `is nested deeper than ${deepestBody} levels` }];
    if (typeof value === 'string' && !isStorable(value))
      errors.push({ path, message: 'holds a character that is not text' });
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const innerPath = Array.isArray(value)
        ? `${path}[${key}]`
        : `${path === '' ? '' : `${path}.`}${key.toWellFormed()}`;
      if (!isStorable(key)) errors.push({ path: innerPath, message: 'has a name that is not text' });
      open.push({ value: inner, path: innerPath, depth: depth + 1 });
    }
  }
  return errors;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !/[\uFFFE\uFFFF]/.test(text);
}
