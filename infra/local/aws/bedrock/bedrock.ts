import { modelIdSchema } from '../../../../shared/catalog/models.ts';
import { AwsFailure } from '../../server/aws-failure.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';
import { answerPrompt } from './answer-prompt.ts';
import { type ConverseRequest, parseConverseRequest } from './converse-request.ts';

/** Amazon Bedrock Runtime, as far as stories and answers need it: Converse, answered from nothing but the prompt. */
export function createBedrock(): AwsService {
  return { signingName: 'bedrock', handle: async (request) => handle(request) };
}

function handle(request: AwsRequest): AwsResponse {
  const [, model, operation] = /^\/model\/([^/]+)\/([^/]+)$/u.exec(request.path) ?? [];
  if (request.method !== 'POST' || model === undefined || operation !== 'converse') {
    const name = operationNames[operation ?? ''] ?? `${request.method} ${request.path}`;
    throw new AwsFailure('NotImplemented', `NotImplemented: ${name}`, { status: 501 });
  }
  if (!modelIdSchema.safeParse(decodeURIComponent(model)).success) {
    throw new AwsFailure('ValidationException', 'The provided model identifier is invalid.', { status: 400 });
  }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: converse(request.body) };
}

const operationNames: Readonly<Record<string, string>> = {
  'converse-stream': 'ConverseStream',
  'count-tokens': 'CountTokens',
  invoke: 'InvokeModel',
  'invoke-with-response-stream': 'InvokeModelWithResponseStream',
};

function converse(body: Buffer): string {
  const startedAt = performance.now();
  const request = parseConverseRequest(body);
  const prompt = request.messages.flatMap((message) => message.content.map((block) => block.text)).join('\n');
  const { answer, stopReason } = endAtLimit(answerPrompt(prompt), request);
  const system = request.system.map((block) => block.text ?? '').join('\n');
  const inputTokens = tokensIn(system) + tokensIn(prompt);
  const outputTokens = tokensIn(answer);
  return JSON.stringify({
    output: { message: { role: 'assistant', content: [{ text: answer }] } },
    stopReason,
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: Math.round(performance.now() - startedAt) },
  });
}

function endAtLimit(answer: string, { inferenceConfig }: ConverseRequest) {
  const most = (inferenceConfig.maxTokens ?? Number.POSITIVE_INFINITY) * CHARACTERS_A_TOKEN;
  if (answer.length <= most) return { answer, stopReason: 'end_turn' };
  return { answer: answer.slice(0, most), stopReason: 'max_tokens' };
}

/** A rule of thumb for English; the real count depends on the model. */
const CHARACTERS_A_TOKEN = 4;

function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARACTERS_A_TOKEN);
}
