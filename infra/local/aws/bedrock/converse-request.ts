import * as z from 'zod';
import { AwsFailure } from '../../server/aws-failure.ts';

const text = z.object({ text: z.string().min(1) });

/** The members of a Converse request that the stand-in understands; others are let pass, as they do not change its answer. */
const converseRequest = z.object({
  system: z.array(z.object({ text: z.string().min(1).optional() })).default([]),
  messages: z
    .array(z.object({ role: z.enum(['user', 'assistant']), content: z.array(text).min(1) }))
    .min(1)
    .refine(([first]) => first?.role === 'user', 'A conversation must start with a user message.'),
  inferenceConfig: z
    .object({ maxTokens: z.int().min(1).optional(), temperature: z.number().min(0).max(1).optional() })
    .default({}),
});

export type ConverseRequest = z.infer<typeof converseRequest>;

/**
 * Reads the body of Converse, or refuses it as Bedrock does: a SerializationException for what is not JSON, else a
 * ValidationException that names the first wrong member.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function parseConverseRequest(body: Buffer): ConverseRequest {
  const parsed = converseRequest.safeParse(readJson(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = issue?.path.join('.') || 'body';
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message}`;
  throw new AwsFailure('ValidationException', message, { status: 400 });
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new AwsFailure('SerializationException', 'The body is not JSON.', { status: 400 });
  }
}
