import * as z from 'zod';
import { PollyError } from './polly-error.ts';
import { countCharacters, type Markup, readPlainText, readSsml } from './ssml.ts';
import { engines, type Voice, voices } from './voices.ts';

/** A SynthesizeSpeech request that can be carried out. */
export interface SpeechRequest {
  readonly markup: Markup;
  readonly voice: Voice;
  /** Undefined when marks are wanted. */
  readonly audio: AudioOptions | undefined;
  readonly markTypes: readonly MarkType[];
}

export interface AudioOptions {
  readonly format: 'mp3' | 'ogg_vorbis' | 'pcm';
  readonly sampleRate: (typeof sampleRates)[number];
}

/** In hertz: https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html#polly-SynthesizeSpeech-request-SampleRate */
const sampleRates = [8000, 16_000, 22_050, 24_000, 44_100, 48_000] as const;

const markTypes = ['sentence', 'ssml', 'word'] as const;
export type MarkType = (typeof markTypes)[number];

/** What the product may ask for. A member, a format or a voice that only AWS has is refused like one that does not exist. */
const requestSchema = z.strictObject({
  Text: z.string(),
  TextType: z.enum(['ssml', 'text']).default('text'),
  VoiceId: z.enum(voices.map(({ Id }) => Id)),
  Engine: z.enum(engines).default('standard'),
  OutputFormat: z.enum(['json', 'mp3', 'ogg_vorbis', 'pcm']),
  SampleRate: z.string().optional(),
  SpeechMarkTypes: z.array(z.enum(markTypes)).default([]),
});
type Request = z.infer<typeof requestSchema>;

/**
 * Checks a request in the order members, voice, output, length, SSML; throws the PollyError that AWS names.
 * https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html
 */
export function readSpeechRequest(json: string): SpeechRequest {
  const { data: request, error } = requestSchema.safeParse(JSON.parse(json));
  if (error !== undefined) {
    throw new PollyError('ValidationException', z.prettifyError(error));
  }
  const { Text: source, TextType, OutputFormat: format, SpeechMarkTypes: markTypes } = request;
  const voice = findVoice(request);
  checkMarkTypes(request);
  const audio = format === 'json' ? undefined : { format, sampleRate: readSampleRate(request) };
  checkLength(countCharacters(source), 6000);
  const markup = TextType === 'ssml' ? readSsml(source) : readPlainText(source);
  checkLength(markup.billedCharacters, 3000);
  return { markup, voice, audio, markTypes };
}

function findVoice({ VoiceId, Engine }: Request): Voice {
  const voice = voices.find(({ Id, SupportedEngines }) => Id === VoiceId && SupportedEngines.includes(Engine));
  if (voice === undefined) {
    throw new PollyError('EngineNotSupportedException', `This voice does not support the selected engine: ${Engine}`);
  }
  return voice;
}

/** https://docs.aws.amazon.com/polly/latest/dg/speechmarks.html: json only, with neural, long-form and standard engines. */
function checkMarkTypes({ OutputFormat, Engine, TextType, SpeechMarkTypes }: Request): void {
  if (OutputFormat !== 'json' && SpeechMarkTypes.length > 0) {
    throw new PollyError('MarksNotSupportedForFormatException', 'Speech marks are only available in json format.');
  }
  if (OutputFormat === 'json' && (SpeechMarkTypes.length === 0 || Engine === 'generative')) {
    throw new PollyError(
      'ValidationException',
      'Format json needs SpeechMarkTypes and an engine other than generative',
    );
  }
  if (TextType === 'text' && SpeechMarkTypes.includes('ssml')) {
    throw new PollyError('SsmlMarksNotSupportedForTextTypeException', 'SSML speech marks need SSML text.');
  }
}

function readSampleRate({ OutputFormat, Engine, SampleRate }: Request): AudioOptions['sampleRate'] {
  const usual = OutputFormat === 'pcm' ? '16000' : Engine === 'standard' ? '22050' : '24000';
  const asked = SampleRate ?? usual;
  const rate = sampleRates.find((each) => String(each) === asked);
  if (rate === undefined || (OutputFormat === 'pcm' && rate > 16_000)) {
    throw new PollyError('InvalidSampleRateException', `The specified sample rate is not valid: ${asked}`);
  }
  return rate;
}

/** https://docs.aws.amazon.com/polly/latest/dg/limits.html: 6,000 characters in all, 3,000 of them billed. */
function checkLength(characters: number, limit: number): void {
  if (characters > limit) {
    const message = `Maximum text length has been exceeded: ${characters} characters, ${limit} allowed`;
    throw new PollyError('TextLengthExceededException', message);
  }
}
