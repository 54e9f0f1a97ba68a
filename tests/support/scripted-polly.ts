import { PollyClient } from '@aws-sdk/client-polly';
import * as z from 'zod';
import { encodeTone } from './mp3-samples.ts';
import { type Answer, type ScriptedServer, startScriptedHttp2 } from './scripted-http2.ts';

/** One SynthesizeSpeech request as it came over the wire. */
export type PollyRequest = z.infer<typeof pollyRequest>;

export interface ScriptedPolly extends ScriptedServer {
  readonly requests: readonly PollyRequest[];
  /** Most requests that were in hand at one time. */
  mostAtOnce(): number;
  readonly client: PollyClient;
}

/** What to do with a request, the `count`-th since the start; `speak` is the true answer. */
export type PollyScript = (request: PollyRequest, count: number) => Scripted | Promise<Scripted>;

type Scripted = Answer | 'speak';

/** A Polly that speaks every text with a tone of the right length and true word marks, unless the script answers first. */
export async function startScriptedPolly(script: PollyScript = () => 'speak'): Promise<ScriptedPolly> {
  const requests: PollyRequest[] = [];
  let inHand = 0;
  let mostAtOnce = 0;
  const server = await startScriptedHttp2(async (_path, body) => {
    const request = pollyRequest.parse(JSON.parse(body));
    requests.push(request);
    inHand += 1;
    mostAtOnce = Math.max(mostAtOnce, inHand);
    try {
      const scripted = await script(request, requests.length);
      return scripted === 'speak' ? await speak(request) : scripted;
    } finally {
      inHand -= 1;
    }
  });
  const client = new PollyClient({
    region: 'us-west-2',
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  const close = async () => {
    client.destroy();
    await server.close();
  };
  return { endpoint: server.endpoint, requests, mostAtOnce: () => mostAtOnce, client, close };
}

/** The mp3 that the scripted Polly gives for a request. */
export async function toneFor(request: PollyRequest): Promise<Uint8Array> {
  const sampleRateHertz = request.SampleRate === '22050' ? 22_050 : 24_000;
  return encodeTone({ seconds: spokenText(request.Text).length * SECONDS_A_CHARACTER, sampleRateHertz });
}

async function speak(request: PollyRequest): Promise<Answer> {
  const headers = { 'x-amzn-requestcharacters': String(spokenText(request.Text).length) };
  if (request.OutputFormat === 'mp3') {
    return {
      kind: 'answer',
      status: 200,
      headers: { ...headers, 'content-type': 'audio/mpeg' },
      body: await toneFor(request),
    };
  }
  return {
    kind: 'answer',
    status: 200,
    headers: { ...headers, 'content-type': 'application/x-json-stream' },
    body: wordMarks(request.Text),
  };
}

/** Line-delimited marks with byte offsets into the SSML, the time growing with the spoken characters. */
function wordMarks(ssml: string): string {
  const opening = ssml.indexOf('%">') + 3;
  const inner = ssml.slice(opening, ssml.lastIndexOf('</prosody>'));
  return Array.from(inner.matchAll(/\S+/gu), (match) => {
    const start = Buffer.byteLength(ssml.slice(0, opening + match.index));
    const time = Math.floor(spokenText(inner.slice(0, match.index)).length * SECONDS_A_CHARACTER * 1000);
    const mark = { time, type: 'word', start, end: start + Buffer.byteLength(match[0]), value: match[0] };
    return `${JSON.stringify(mark)}\n`;
  }).join('');
}

function spokenText(ssml: string): string {
  return ssml.replaceAll(/<[^>]*>/gu, '').replaceAll(/&\w+;/gu, '&');
}

/** Short, so that a test of a long story stays quick. */
const SECONDS_A_CHARACTER = 0.004;

const pollyRequest = z.object({
  Engine: z.string().optional(),
  OutputFormat: z.enum(['mp3', 'json']),
  SampleRate: z.string().optional(),
  SpeechMarkTypes: z.array(z.string()).optional(),
  Text: z.string(),
  TextType: z.string().optional(),
  VoiceId: z.string(),
});
