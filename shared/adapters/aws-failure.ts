import * as z from 'zod';

/** What an AWS SDK error tells a program. */
interface AwsFailure {
  /** The exception's name, for example `ThrottlingException`: the only thing to branch on; messages are for people. */
  readonly name: string;
  /** Whether the service's own words arrived. An answer that was cut off has a status, and nobody knows what it refused. */
  readonly isStated: boolean;
  /** HTTP status, when there was an answer at all. */
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
}

/** Reads what it can from anything thrown by an SDK client; never throws. */
export function describeAwsFailure(error: unknown): AwsFailure {
  const { name, $fault, $metadata, $response } = sdkError.parse(error);
  return {
    name: name ?? 'Error',
    isStated: $fault !== undefined,
    status: $metadata?.httpStatusCode,
    retryAfterSeconds: $response?.headers?.['retry-after'],
  };
}

/** Retry-After in its seconds form; its date form is never sent by AWS and is ignored. */
const retryAfter = z.string().regex(/^\d+$/u).transform(Number).optional().catch(undefined);

const sdkError = z
  .object({
    name: z.string().optional().catch(undefined),
    $fault: z.enum(['client', 'server']).optional().catch(undefined),
    $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
    $response: z
      .object({ headers: z.object({ 'retry-after': retryAfter }).optional().catch(undefined) })
      .optional()
      .catch(undefined),
  })
  .catch({});
