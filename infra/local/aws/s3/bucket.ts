import * as z from 'zod';
import type { AwsRequest, AwsResponse } from '../../server/aws-service.ts';
import { S3Error } from './s3-error.ts';

const corsRule = z.strictObject({
  AllowedHeaders: z.array(z.string()).default([]),
  AllowedMethods: z.array(z.string()),
  AllowedOrigins: z.array(z.string()),
  ExposedHeaders: z.array(z.string()).default([]),
  Id: z.string().optional(),
  MaxAge: z.coerce.number().optional(),
});
type CorsRule = z.output<typeof corsRule>;

/** Changes nothing on one machine: who else could read the disk, and how long objects are worth their storage. */
const inert = z.unknown().optional();

/**
 * The properties of an `AWS::S3::Bucket`; one it does not know is refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
export const bucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  CorsConfiguration: z.strictObject({ CorsRules: z.array(corsRule) }).optional(),
  BucketEncryption: inert,
  LifecycleConfiguration: inert,
  LoggingConfiguration: inert,
  OwnershipControls: inert,
  PublicAccessBlockConfiguration: inert,
  Tags: inert,
});

export interface Bucket {
  readonly name: string;
  readonly corsRules: readonly CorsRule[];
}

/** Answers a preflight; throws AccessForbidden. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html */
export function preflight(bucket: Bucket, headers: AwsRequest['headers']): AwsResponse {
  const method = headers['access-control-request-method'] ?? '';
  const asked = headers['access-control-request-headers']?.toLowerCase().split(',') ?? [];
  const allowed = corsHeaders(
    bucket,
    headers.origin,
    method,
    asked.map((name) => name.trim()),
  );
  if (!allowed) throw new S3Error('AccessForbidden');
  return { status: 200, headers: allowed, body: '' };
}

/**
 * The CORS headers by the first rule that fits origin, method and every asked-for header, or undefined.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function corsHeaders(
  { corsRules }: Bucket,
  origin: string | undefined,
  method: string,
  askedHeaders: readonly string[] = [],
): Record<string, string> | undefined {
  if (origin === undefined) return undefined;
  const rule = corsRules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders }) =>
      AllowedMethods.includes(method) &&
      AllowedOrigins.some((pattern) => matches(pattern, origin)) &&
      askedHeaders.every((name) => AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
  if (!rule) return undefined;
  const isForAnyone = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAnyone ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(!isForAnyone && { 'access-control-allow-credentials': 'true' }),
    ...(askedHeaders.length > 0 && { 'access-control-allow-headers': askedHeaders.join(', ') }),
    ...(rule.ExposedHeaders.length > 0 && { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') }),
    ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** A pattern may hold one `*`. */
function matches(pattern: string, text: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
