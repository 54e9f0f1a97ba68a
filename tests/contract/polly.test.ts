import {
  DescribeVoicesCommand,
  ListLexiconsCommand,
  PollyClient,
  SynthesizeSpeechCommand,
  type SynthesizeSpeechCommandInput,
} from '@aws-sdk/client-polly';
import { MPEGDecoder } from 'mpg123-decoder';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createPolly } from '../../infra/local/aws/polly/service.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** What the Amazon Polly Developer Guide promises, asked of the stand-in by the real client over HTTP/2. */
type Request = Partial<SynthesizeSpeechCommandInput>;
type Server = Awaited<ReturnType<typeof serve>>;

async function serve(options: Parameters<typeof createPolly>[0] = {}) {
  const service = createPolly(options);
  const endpoint = await startAwsEndpoint({
    services: [service],
    secretOf: (id) => (id === 'AKIDLOCAL' ? 'secret' : undefined),
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
  });
  const client = new PollyClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  const send = (request: Request) =>
    client.send(
      new SynthesizeSpeechCommand({
        Text: 'Hello.',
        VoiceId: 'Joanna',
        OutputFormat: 'mp3',
        Engine: 'neural',
        ...request,
      }),
    );
  const audio = async (request: Request) => {
    const response = await send(request);
    return (await response.AudioStream?.transformToByteArray()) ?? new Uint8Array();
  };
  const close = async () => {
    client.destroy();
    await endpoint.close();
    await service.close();
  };
  return { client, send, audio, close };
}

let polly: Server;
beforeAll(async () => {
  polly = await serve();
});
afterAll(() => polly.close());

const markSchema = z.strictObject({
  time: z.int().nonnegative(),
  type: z.enum(['sentence', 'word', 'ssml']),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  value: z.string(),
});

async function marksOf(request: Request) {
  const bytes = await polly.audio({ OutputFormat: 'json', SpeechMarkTypes: ['sentence', 'word'], ...request });
  const lines = Buffer.from(bytes).toString().trimEnd().split('\n');
  return lines.map((line) => markSchema.parse(JSON.parse(line)));
}

async function decodeMp3(mp3: Uint8Array) {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  const { channelData, sampleRate } = decoder.decode(mp3);
  const samples = channelData[0] ?? new Float32Array();
  decoder.free();
  return { samples, sampleRate, seconds: samples.length / sampleRate };
}

function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Seconds until the first sample that can be heard. */
function onset(samples: ArrayLike<number>, sampleRate: number): number {
  return Array.from(samples).findIndex((sample) => Math.abs(sample) > 0.02) / sampleRate;
}

async function pcmSeconds(request: Request): Promise<number> {
  return (await polly.audio({ OutputFormat: 'pcm', ...request })).length / 2 / 16_000;
}

const story =
  'This afternoon the road has brought you to San Francisco, in California. About 865,000 people live here, each of them with ' +
  'their own shortcut home. To the northwest, about 4 miles away, is the Golden Gate Bridge; its two towers rise 746 feet above ' +
  'the water. Remember Alcatraz Island, about 4 miles to the north: it held a federal prison from 1934 until 1963.';

// https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html
describe('SynthesizeSpeech', () => {
  it.each([
    ['mp3', 'audio/mpeg'],
    ['ogg_vorbis', 'audio/ogg'],
    ['pcm', 'audio/pcm'],
  ] as const)('answers %s with its content type and the characters it bills', async (OutputFormat, contentType) => {
    const response = await polly.send({ OutputFormat, Text: 'Good morning.' });
    expect(response.ContentType).toBe(contentType);
    expect(response.RequestCharacters).toBe(13);
    await response.AudioStream?.transformToByteArray();
  });

  it('does not bill SSML tags', async () => {
    const response = await polly.send({ TextType: 'ssml', Text: '<speak>Good <break time="1s"/>day.</speak>' });
    expect(response.RequestCharacters).toBe(9);
    await response.AudioStream?.transformToByteArray();
  });

  it('answers marks as a stream of JSON', async () => {
    const response = await polly.send({ OutputFormat: 'json', SpeechMarkTypes: ['word'] });
    expect(response.ContentType).toBe('application/x-json-stream');
    await response.AudioStream?.transformToByteArray();
  });

  it.each<[string, Request, string, number]>([
    ['a voice that does not exist', { VoiceId: z.any().parse('MORGAN_FREEMAN') }, 'ValidationException', 400],
    ['no voice', { VoiceId: undefined }, 'ValidationException', 400],
    ['no text', { Text: undefined }, 'ValidationException', 400],
    ['an unknown format', { OutputFormat: z.any().parse('wav') }, 'ValidationException', 400],
    ['an unknown engine', { Engine: z.any().parse('turbo') }, 'ValidationException', 400],
    ['an unknown text type', { TextType: z.any().parse('html') }, 'ValidationException', 400],
    [
      'an unknown mark type',
      { OutputFormat: 'json', SpeechMarkTypes: [z.any().parse('line')] },
      'ValidationException',
      400,
    ],
    ['a voice without the standard engine', { VoiceId: 'Ruth', Engine: undefined }, 'EngineNotSupportedException', 400],
    [
      'a voice without the engine asked for',
      { VoiceId: 'Brian', Engine: 'long-form' },
      'EngineNotSupportedException',
      400,
    ],
    ['a voice with no local twin', { VoiceId: 'Lea' }, 'ValidationException', 400],
    ['a member that is not read here', { LanguageCode: 'fr-FR' }, 'ValidationException', 400],
    ['a rate that MP3 does not have', { SampleRate: '11025' }, 'InvalidSampleRateException', 400],
    ['a rate that PCM does not have', { OutputFormat: 'pcm', SampleRate: '24000' }, 'InvalidSampleRateException', 400],
    ['marks beside audio', { SpeechMarkTypes: ['word'] }, 'MarksNotSupportedForFormatException', 400],
    ['JSON without marks', { OutputFormat: 'json' }, 'ValidationException', 400],
    [
      'SSML marks of plain text',
      { OutputFormat: 'json', SpeechMarkTypes: ['ssml'] },
      'SsmlMarksNotSupportedForTextTypeException',
      400,
    ],
    ['a format that only AWS has', { OutputFormat: 'ogg_opus' }, 'ValidationException', 400],
    [
      'marks of a generative voice',
      { Engine: 'generative', OutputFormat: 'json', SpeechMarkTypes: ['word'] },
      'ValidationException',
      400,
    ],
  ])('refuses %s', async (_, request, name, status) => {
    await expect(polly.send(request)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  it('says which voices it has when it refuses another', async () => {
    await expect(polly.send({ VoiceId: 'Lea' })).rejects.toThrow(/Joanna.*at VoiceId/s);
  });

  it('names an operation that it does not have', async () => {
    await expect(polly.client.send(new ListLexiconsCommand({}))).rejects.toThrow(/GET \/v1\/lexicons/);
  });

  // https://docs.aws.amazon.com/polly/latest/dg/limits.html
  it('takes 3,000 billed characters and refuses 3,001', async () => {
    const request: Request = { OutputFormat: 'json', SpeechMarkTypes: ['sentence'] };
    const text = `${story} `.repeat(9).slice(0, 3000);
    expect(await marksOf({ ...request, Text: text })).not.toHaveLength(0);
    await expect(polly.send({ ...request, Text: `${text}!` })).rejects.toMatchObject({
      name: 'TextLengthExceededException',
    });
  });

  it('takes 6,000 characters with tags and refuses 6,001', async () => {
    const fill = (length: number) => `<speak${' '.repeat(length - 18)}>On.</speak>`;
    expect(fill(6000)).toHaveLength(6000);
    const request: Request = { TextType: 'ssml', OutputFormat: 'json', SpeechMarkTypes: ['sentence'] };
    expect(await marksOf({ ...request, Text: fill(6000) })).not.toHaveLength(0);
    await expect(polly.send({ ...request, Text: fill(6001) })).rejects.toMatchObject({
      name: 'TextLengthExceededException',
    });
  });

  it('speaks a word of 2,999 letters', async () => {
    expect(await pcmSeconds({ Text: 'a'.repeat(2999) })).toBeGreaterThan(10);
  });

  it('answers a text without a word with a moment of silence', async () => {
    expect(await pcmSeconds({ Text: '🚗 …' })).toBeLessThan(1);
  });
});

// https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html
describe('SSML', () => {
  it.each([
    '<speak>Tom & Jerry</speak>',
    '<speak>3 < 5</speak>',
    '<speak>No end',
    'No root',
    '<speak></speak><speak></speak>',
    '<speak>a</speak> b',
    '<speak><b>bold</b></speak>',
    '<speak><p>crossed<s></p></s></speak>',
    '<speak><prosody>no attribute</prosody></speak>',
    '<speak><prosody rate="10%">too slow</prosody></speak>',
    '<speak><prosody rate="quick">x</prosody></speak>',
    '<speak><break time="11s"/></speak>',
    '<speak><break time="1"/></speak>',
    '<speak><break/></speak>',
    '<speak><break time=1s/></speak>',
    '<speak><sub>W3C</sub></speak>',
    '<speak><mark/></speak>',
    '<speak>&nbsp;</speak>',
    '<speak><p x="1" x="1">twice</p></speak>',
    '<speak><p>closed</p x="1"></speak>',
    '<p>No speak</p>',
    '',
    '<speak>bell \u0008</speak>',
    '<speak><prosody pitch="high">no</prosody></speak>',
  ])('refuses %s', async (Text) => {
    await expect(polly.send({ TextType: 'ssml', Text })).rejects.toMatchObject({
      name: 'InvalidSsmlException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('says which tag it does not speak', async () => {
    const Text = '<speak><say-as interpret-as="date">1/2</say-as></speak>';
    await expect(polly.send({ TextType: 'ssml', Text })).rejects.toThrow(/does not speak this <say-as>/);
  });

  it('takes paragraphs, sentences and the five entities', async () => {
    const Text =
      '<speak version="1.1" xml:lang="en-US"><p><s>Tom &amp; Jerry &lt; 3 &gt; &quot;2&quot;.</s></p> <s>Don&apos;t</s></speak>';
    const marks = await marksOf({ TextType: 'ssml', Text });
    const values = (wanted: string) => marks.filter(({ type }) => type === wanted).map(({ value }) => value);
    expect(values('word')).toEqual(['Tom', '&amp;', 'Jerry', '3', '2', 'Don&apos;t']);
    expect(values('sentence')).toEqual(['Tom &amp; Jerry &lt; 3 &gt; &quot;2&quot;.', 'Don&apos;t']);
  });

  // https://docs.aws.amazon.com/polly/latest/dg/break-tag.html
  it('adds the time of a break', async () => {
    const ssml = (inside: string) =>
      ({ TextType: 'ssml', Text: `<speak>One road. ${inside}Two roads.</speak>` }) as const;
    const without = await pcmSeconds(ssml(''));
    expect((await pcmSeconds(ssml('<break time="1500ms"/>'))) - without).toBeCloseTo(1.5, 2);
    expect((await pcmSeconds(ssml('<break time="2s"/>'))) - without).toBeCloseTo(2, 2);
  });

  // https://docs.aws.amazon.com/polly/latest/dg/prosody-tag.html
  it.each([
    ['50%', 2],
    ['80%', 1.25],
    ['slow', 1.25],
    ['200%', 0.5],
    ['medium', 1],
  ])('speaks at the rate %s', async (rate, factor) => {
    const text = 'The desert road runs on and on beneath an enormous sky';
    const usual = await pcmSeconds({ Text: text });
    const changed = await pcmSeconds({
      TextType: 'ssml',
      Text: `<speak><prosody rate="${rate}">${text}</prosody></speak>`,
    });
    const silence = 0.65;
    expect((changed - silence) / (usual - silence)).toBeGreaterThan(factor * 0.9);
    expect((changed - silence) / (usual - silence)).toBeLessThan(factor * 1.1);
  });

  it('says the alias instead of the abbreviation', async () => {
    const alias = 'the World Wide Web Consortium of many members';
    const short = await pcmSeconds({ Text: 'W3C.' });
    expect(
      await pcmSeconds({ TextType: 'ssml', Text: `<speak><sub alias="${alias}">W3C</sub>.</speak>` }),
    ).toBeGreaterThan(short * 1.3);
  });
});

// https://docs.aws.amazon.com/polly/latest/dg/output.html
describe('speech marks', () => {
  it.each<[string, Request]>([
    ['plain text', { Text: story }],
    ['emoji and accents', { Text: 'A 🚗 drive to Cañon City — “über” 東京, n’est-ce pas? Vík í Mýrdal 🏔️ waits.' }],
    [
      'SSML',
      {
        TextType: 'ssml',
        Text: '<speak><p>Tom &amp; Jérôme <prosody rate="80%">drive 🚗 slowly</prosody>, <sub alias="mount">Mt.</sub> Hood.</p>On.</speak>',
      },
    ],
  ])('point with byte offsets at the words of %s, in order', async (_, request) => {
    const marks = await marksOf(request);
    const bytes = Buffer.from(request.Text ?? '');
    for (const { start, end, value } of marks) {
      expect(bytes.subarray(start, end).toString()).toBe(value);
    }
    const words = marks.filter(({ type }) => type === 'word');
    expect(words.length).toBeGreaterThan(5);
    expect(words.map(({ start }) => start)).toEqual(
      words.map(({ start }) => start).toSorted((one, other) => one - other),
    );
    expect(marks.map(({ time }) => time)).toEqual(marks.map(({ time }) => time).toSorted((one, other) => one - other));
  });

  it('cover every word of the text once and every sentence', async () => {
    const marks = await marksOf({ Text: story });
    const bare = (text: string) => text.split(/\s+/).map((word) => word.replace(/[.,;:]+$/, ''));
    expect(marks.filter(({ type }) => type === 'word').map(({ value }) => value)).toEqual(bare(story));
    expect(marks.filter(({ type }) => type === 'sentence').map(({ value }) => value)).toEqual(story.split(/(?<=\.) /));
  });

  // https://docs.aws.amazon.com/polly/latest/dg/sp-mks-example2.html
  it('have the types and values of the documented example, at its offsets less one', async () => {
    const marks = await marksOf({
      Engine: 'standard',
      SpeechMarkTypes: ['sentence', 'word', 'ssml'],
      TextType: 'ssml',
      Text: '<speak><prosody rate="medium">Mary had <break time="300ms"/>a little <mark name="animal"/>lamb</prosody></speak>',
    });
    expect(marks.map(({ type, start, end, value }) => [type, start, end, value])).toEqual([
      ['sentence', 30, 94, 'Mary had <break time="300ms"/>a little <mark name="animal"/>lamb'],
      ['word', 30, 34, 'Mary'],
      ['word', 35, 38, 'had'],
      ['word', 39, 60, '<break time="300ms"/>'],
      ['word', 60, 61, 'a'],
      ['word', 62, 68, 'little'],
      ['ssml', 69, 90, 'animal'],
      ['word', 90, 94, 'lamb'],
    ]);
    expect(marks.at(-2)?.time).toBe(marks.at(-1)?.time);
  });

  it('hold only the types asked for', async () => {
    const marks = await marksOf({ SpeechMarkTypes: ['word'] });
    expect(marks.map(({ type }) => type)).toEqual(['word']);
  });

  it('put the first word where the audio starts to sound, in MP3 as in PCM', async () => {
    const Text = 'Buffalo roam here.';
    const [first] = await marksOf({ Text });
    const pcm = Buffer.from(await polly.audio({ Text, OutputFormat: 'pcm' }));
    const samples = Array.from({ length: pcm.length / 2 }, (_, index) => pcm.readInt16LE(index * 2) / 32_768);
    const atPcm = onset(samples, 16_000);
    expect(Math.abs(atPcm - (first?.time ?? 0) / 1000)).toBeLessThan(0.06);
    for (const SampleRate of ['8000', '16000', '24000']) {
      const mp3 = await decodeMp3(await polly.audio({ Text, SampleRate }));
      expect(Math.abs(onset(mp3.samples, mp3.sampleRate) - atPcm)).toBeLessThan(0.01);
    }
  });
});

describe('the audio', () => {
  it.each([
    ['8000', 8000],
    ['16000', 16_000],
    ['22050', 22_050],
    ['24000', 24_000],
    ['44100', 44_100],
    ['48000', 48_000],
  ])('is MP3 at the %s Hz asked for, and as long at every rate', async (SampleRate, rate) => {
    const Text = 'The road goes ever on and on.';
    const mp3 = await decodeMp3(await polly.audio({ Text, SampleRate }));
    expect(mp3.sampleRate).toBe(rate);
    expect(Math.abs(mp3.seconds - (await pcmSeconds({ Text })))).toBeLessThan(0.15);
    expect(loudness(mp3.samples)).toBeGreaterThan(0.05);
  });

  it('is MP3 at 22,050 Hz by default for the standard engine and at 24,000 Hz for the others', async () => {
    expect((await decodeMp3(await polly.audio({ Engine: 'standard' }))).sampleRate).toBe(22_050);
    expect((await decodeMp3(await polly.audio({ Engine: 'neural' }))).sampleRate).toBe(24_000);
  });

  it.each(['Joanna', 'Matthew', 'Ruth', 'Danielle', 'Amy', 'Brian', 'Stephen'] as const)(
    'of %s can be heard throughout, at a pace one can follow',
    async (VoiceId) => {
      const { samples, sampleRate, seconds } = await decodeMp3(await polly.audio({ VoiceId, Text: story }));
      const wordsPerMinute = (story.split(/\s+/).length / seconds) * 60;
      expect(wordsPerMinute).toBeGreaterThan(110);
      expect(wordsPerMinute).toBeLessThan(185);
      expect(loudness(samples)).toBeGreaterThan(0.06);
      expect(loudness(samples)).toBeLessThan(0.16);
      expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThanOrEqual(1);
      expect(onset(samples, sampleRate)).toBeLessThan(0.4);
      expect(onset(samples.toReversed(), sampleRate)).toBeLessThan(0.8);
    },
  );

  it('is an Ogg stream with a Vorbis header at the rate asked for', async () => {
    const ogg = Buffer.from(await polly.audio({ OutputFormat: 'ogg_vorbis', SampleRate: '22050' }));
    expect(ogg.toString('latin1', 0, 4)).toBe('OggS');
    const header = ogg.indexOf('\u0001vorbis', 0, 'latin1');
    expect(ogg.readUInt8(header + 11)).toBe(1);
    expect(ogg.readUInt32LE(header + 12)).toBe(22_050);
  });
});

// https://docs.aws.amazon.com/polly/latest/dg/API_DescribeVoices.html
describe('DescribeVoices', () => {
  it('lists voices with all that AWS tells of them', async () => {
    const { Voices } = await polly.client.send(new DescribeVoicesCommand({}));
    expect(Voices?.find(({ Id }) => Id === 'Joanna')).toEqual({
      Id: 'Joanna',
      Name: 'Joanna',
      Gender: 'Female',
      LanguageCode: 'en-US',
      LanguageName: 'US English',
      SupportedEngines: ['generative', 'neural', 'standard'],
    });
  });

  it('filters by engine and language', async () => {
    const request = { Engine: 'long-form', LanguageCode: 'en-US' } as const;
    const { Voices, NextToken } = await polly.client.send(new DescribeVoicesCommand(request));
    expect(Voices?.map(({ Id }) => Id)).toEqual(['Danielle', 'Ruth', 'Gregory']);
    expect(NextToken).toBeUndefined();
    expect((await polly.client.send(new DescribeVoicesCommand({ LanguageCode: 'fr-FR' }))).Voices).toEqual([]);
  });

  it('lists only voices that can speak with each of their engines', async () => {
    const { Voices = [] } = await polly.client.send(new DescribeVoicesCommand({}));
    const pairs = Voices.flatMap(({ Id, SupportedEngines = [] }) =>
      SupportedEngines.map((Engine) => ({ VoiceId: Id, Engine })),
    );
    expect(pairs.length).toBeGreaterThan(20);
    for (const pair of pairs) {
      expect((await polly.audio({ ...pair, Text: 'Go.' })).length).toBeGreaterThan(1000);
    }
  });
});

describe('a fault of the voice', () => {
  const workerUrl = new URL('../support/faulty-speech-worker.ts', import.meta.url);
  const failure = { name: 'ServiceFailureException', $metadata: { httpStatusCode: 500 } };

  it('fails one request when it crashes, and the next is spoken', async () => {
    const faulty = await serve({ workerUrl });
    const [crashed, queued] = await Promise.allSettled([
      faulty.audio({ Text: 'crash' }),
      faulty.audio({ Text: 'Still here.' }),
    ]);
    expect(crashed).toMatchObject({ status: 'rejected', reason: failure });
    expect(queued).toMatchObject({ status: 'fulfilled' });
    await faulty.close();
  });

  it('fails one request when it hangs, and the next is spoken', async () => {
    const clock = new ManualClock();
    const faulty = await serve({ workerUrl, clock });
    const hanging = expect(faulty.audio({ Text: 'hang' })).rejects.toMatchObject(failure);
    await vi.waitFor(() => expect(clock.pending).toBe(1));
    clock.advance(60_000);
    await hanging;
    expect((await faulty.audio({ Text: 'Still here.' })).length).toBeGreaterThan(1000);
    await faulty.close();
  });
});
