import { tmpdir } from 'node:os';
import { type Clock, systemClock } from '../../clock.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';
import { speechMarks } from './marks.ts';
import { PollyError } from './polly-error.ts';
import { readNarration } from './sentences.ts';
import { createSpeechEngine, type SpeechEngine } from './speech-engine.ts';
import { readSpeechRequest } from './speech-request.ts';
import { voices } from './voices.ts';

interface PollyOptions {
  readonly clock?: Clock;
  readonly workerUrl?: URL;
  /** Where speech is put together; nothing stays there. By default the machine's folder for such things. */
  readonly folder?: string;
}

/** Amazon Polly on flite: SynthesizeSpeech and DescribeVoices. The thread that speaks starts with the first request. */
export function createPolly(options: PollyOptions = {}): AwsService & { close(): Promise<void> } {
  const workerUrl = options.workerUrl ?? new URL('./speech-worker.ts', import.meta.url);
  const engine = createSpeechEngine(options.clock ?? systemClock, workerUrl, options.folder ?? tmpdir());
  return {
    signingName: 'polly',
    handle: (request) => route(request, engine).catch(errorResponse),
    close: () => engine.close(),
  };
}

async function route(request: AwsRequest, engine: SpeechEngine): Promise<AwsResponse> {
  const operation = `${request.method} ${request.path}`;
  if (operation === 'POST /v1/speech') {
    return synthesizeSpeech(request, engine);
  }
  if (operation === 'GET /v1/voices') {
    return describeVoices(request.query);
  }
  throw new PollyError('NotImplemented', `The local Polly does not have ${operation}`, 501);
}

const contentTypes = { mp3: 'audio/mpeg', ogg_vorbis: 'audio/ogg', pcm: 'audio/pcm' } as const;

/** https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html */
async function synthesizeSpeech({ body, signal }: AwsRequest, engine: SpeechEngine): Promise<AwsResponse> {
  const { markup, voice, audio, markTypes } = readSpeechRequest(body.toString());
  const narration = readNarration(markup);
  const spoken = await engine.speak({ narration, voice: voice.flite, audio }, signal);
  return {
    status: 200,
    headers: {
      'content-type': audio === undefined ? 'application/x-json-stream' : contentTypes[audio.format],
      'x-amzn-requestcharacters': String(markup.billedCharacters),
    },
    body: audio === undefined ? speechMarks(markup, narration, spoken, markTypes) : spoken.audio,
  };
}

const languageNames = { 'en-US': 'US English', 'en-GB': 'British English' } as const;

/** https://docs.aws.amazon.com/polly/latest/dg/API_DescribeVoices.html; one page holds all. */
function describeVoices(query: URLSearchParams): AwsResponse {
  const engine = query.get('Engine');
  const language = query.get('LanguageCode');
  const listed = voices
    .filter(({ SupportedEngines }) => engine === null || SupportedEngines.some((supported) => supported === engine))
    .filter(({ LanguageCode }) => language === null || LanguageCode === language)
    .map(({ flite: _, ...voice }) => ({ ...voice, Name: voice.Id, LanguageName: languageNames[voice.LanguageCode] }));
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Voices: listed }),
  };
}

function errorResponse(error: unknown): AwsResponse {
  if (!(error instanceof PollyError)) {
    throw error;
  }
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify({ message: error.message }),
  };
}
