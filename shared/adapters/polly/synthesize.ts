import {
  type PollyClient,
  SynthesizeSpeechCommand,
  type SynthesizeSpeechCommandInput,
  type SynthesizeSpeechCommandOutput,
  VoiceId,
} from '@aws-sdk/client-polly';
import * as z from 'zod';
import { sampleRateHertzByEngine } from '../../catalog/voices.ts';
import { PermanentError } from '../../domain/errors.ts';
import type { SpeakerVoice } from '../../domain/narration.ts';
import type { WordMark } from '../../speech/word-timings.ts';

/** One answer of SynthesizeSpeech, whole. */
interface Synthesized<Body> {
  readonly body: Body;
  /** Characters billed for this request. */
  readonly billedCharacters: number;
}

/** The mp3 of one SSML document. Rejects with the SDK's error. */
export async function synthesizeAudio(
  client: PollyClient,
  ssml: string,
  voice: SpeakerVoice,
  signal: AbortSignal,
): Promise<Synthesized<Uint8Array>> {
  const command = new SynthesizeSpeechCommand({
    ...requestOf(ssml, voice),
    OutputFormat: 'mp3',
    SampleRate: String(sampleRateHertzByEngine[voice.engine]),
  });
  const output = await client.send(command, { abortSignal: signal });
  return { body: await wholeBody(output, signal), billedCharacters: output.RequestCharacters ?? 0 };
}

/**
 * When each word of the document is spoken. A request of its own, billed again: Polly gives marks or audio, never both.
 * @see https://docs.aws.amazon.com/polly/latest/dg/using-speechmarks.html
 */
export async function synthesizeMarks(
  client: PollyClient,
  ssml: string,
  voice: SpeakerVoice,
  signal: AbortSignal,
): Promise<Synthesized<readonly WordMark[]>> {
  const command = new SynthesizeSpeechCommand({
    ...requestOf(ssml, voice),
    OutputFormat: 'json',
    SpeechMarkTypes: ['word'],
  });
  const output = await client.send(command, { abortSignal: signal });
  const lines = new TextDecoder().decode(await wholeBody(output, signal)).split('\n');
  return {
    body: lines.filter((line) => line.trim() !== '').map((line) => wordMark.parse(JSON.parse(line))),
    billedCharacters: output.RequestCharacters ?? 0,
  };
}

const offset = z.int().nonnegative();
const wordMark = z.object({ type: z.literal('word'), time: z.number().nonnegative(), start: offset, end: offset });

/** Engine is always sent: the default is `standard`, and a voice without it answers with an error. */
function requestOf(ssml: string, voice: SpeakerVoice) {
  return {
    Text: ssml,
    TextType: 'ssml',
    Engine: voice.engine,
    VoiceId: knownVoice(voice.voiceId),
  } as const satisfies Omit<SynthesizeSpeechCommandInput, 'OutputFormat'>;
}

function knownVoice(id: string): VoiceId {
  const known = Object.values(VoiceId).find((voice) => voice === id);
  if (known === undefined) throw new PermanentError('voice_misconfigured', `Polly has no voice ${id}.`);
  return known;
}

/** Reads the stream to its end. An abort ends the wait at once, and never passes for the end of the stream. */
async function wholeBody(output: SynthesizeSpeechCommandOutput, signal: AbortSignal): Promise<Uint8Array> {
  const stream = output.AudioStream;
  if (stream === undefined) return new Uint8Array(0);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([stream.transformToByteArray(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
