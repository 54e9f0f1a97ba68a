import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod';
import { type Answer, type ScriptedServer, startScriptedHttp2 } from './scripted-http2.ts';

/** One Converse request as it came over the wire. */
type ConverseCall = z.infer<typeof converseCall>;

export interface ScriptedBedrock extends ScriptedServer {
  readonly calls: readonly ConverseCall[];
  readonly client: BedrockRuntimeClient;
}

/** A Bedrock that answers every Converse call as the script says. */
export async function startScriptedBedrock(
  script: (call: ConverseCall, count: number) => Answer | Promise<Answer>,
): Promise<ScriptedBedrock> {
  const calls: ConverseCall[] = [];
  const server = await startScriptedHttp2((path, body) => {
    const call = converseCall.parse({ ...JSON.parse(body), path });
    calls.push(call);
    return script(call, calls.length);
  });
  const client = new BedrockRuntimeClient({
    region: 'us-west-2',
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  const close = async () => {
    client.destroy();
    await server.close();
  };
  return { endpoint: server.endpoint, calls, client, close };
}

interface ModelAnswer {
  readonly content?: readonly unknown[];
  readonly stopReason?: string;
  readonly usage?: Readonly<Record<string, number>>;
}

/** A Converse answer with the given content blocks, ended by the model itself unless it says otherwise. */
export function modelAnswer({ content, stopReason = 'end_turn', usage }: ModelAnswer): Answer {
  const body = JSON.stringify({
    output: { message: { role: 'assistant', ...(content && { content }) } },
    stopReason,
    ...(usage && { usage }),
    metrics: { latencyMs: 12 },
  });
  return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body };
}

const texts = z.array(z.object({ text: z.string() }));

const converseCall = z.object({
  path: z.string(),
  system: texts,
  messages: z.array(z.object({ role: z.string(), content: texts })),
  inferenceConfig: z.record(z.string(), z.number()),
  guardrailConfig: z.record(z.string(), z.string()).optional(),
});
