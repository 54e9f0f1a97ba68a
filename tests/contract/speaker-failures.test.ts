import { afterEach, describe, expect, it } from 'vitest';
import { PollySpeaker } from '../../shared/adapters/polly/polly-speaker.ts';
import { personalities } from '../../shared/catalog/voices.ts';
import type { Speech } from '../../shared/domain/narration.ts';
import { type Answer, failure } from '../support/scripted-http2.ts';
import {
  type PollyRequest,
  type PollyScript,
  type ScriptedPolly,
  startScriptedPolly,
  toneFor,
} from '../support/scripted-polly.ts';

const voice = personalities.warm_guide;
const never = new AbortController().signal;
const fiveParts = 'The road bends west past the old mill & on. '.repeat(290);

let polly: ScriptedPolly;

afterEach(async () => {
  await polly.close();
});

async function speak(text: string, script?: PollyScript): Promise<Speech> {
  polly = await startScriptedPolly(script);
  return new PollySpeaker(polly.client).speak(text, voice, never);
}

describe('PollySpeaker, when something is wrong', () => {
  it.each([
    [400, 'ThrottlingException', { code: 'throttled', retry: 'throttled' }],
    [429, 'TooManyRequestsException', { code: 'throttled', retry: 'throttled' }],
    [429, 'SomethingNew', { code: 'throttled', retry: 'throttled' }],
    [500, 'ServiceFailureException', { code: 'voice_unavailable', retry: 'later' }],
    [503, 'ServiceUnavailable', { code: 'voice_unavailable', retry: 'later' }],
    [400, 'TextLengthExceededException', { code: 'voice_text_refused', retry: 'never' }],
    [400, 'InvalidSsmlException', { code: 'voice_text_refused', retry: 'never' }],
    [400, 'EngineNotSupportedException', { code: 'voice_misconfigured', retry: 'never' }],
    [400, 'LanguageNotSupportedException', { code: 'voice_misconfigured', retry: 'never' }],
    [400, 'ValidationException', { code: 'voice_misconfigured', retry: 'never' }],
    [403, 'AccessDeniedException', { code: 'voice_misconfigured', retry: 'never' }],
    [404, 'SomethingNew', { code: 'voice_misconfigured', retry: 'never' }],
  ])('answers HTTP %d %s with an error that says what to do', async (status, name, expected) => {
    await expect(speak('West.', () => failure(status, name))).rejects.toMatchObject(expected);
    expect(polly.requests).toHaveLength(1);
  });

  it('passes on how long Polly asks to wait', async () => {
    const busy = failure(429, 'ThrottlingException', { 'retry-after': '17' });
    await expect(speak('West.', () => busy)).rejects.toMatchObject({ code: 'throttled', retryAfterSeconds: 17 });
  });

  it.each(['mp3', 'json'] as const)(
    'gives no part of a speech when the third %s request of five fails',
    async (format) => {
      const failThird = failOn(format, 3, failure(500, 'ServiceFailureException'));
      await expect(speak(fiveParts, failThird)).rejects.toMatchObject({ code: 'voice_unavailable', retry: 'later' });
      expect(polly.requests.length).toBeLessThan(10);
    },
  );

  it('tells what was billed of a speech that then failed', async () => {
    polly = await startScriptedPolly(failOn('json', 1, failure(500, 'ServiceFailureException')));
    const billed: number[] = [];
    const speaking = new PollySpeaker(polly.client).speak('West to the sea.', voice, never, (count) =>
      billed.push(count),
    );
    await expect(speaking).rejects.toMatchObject({ retry: 'later' });
    expect(billed).toEqual(['West to the sea.'.length]);
  });

  it('speaks the whole text on the attempt after a part failed', async () => {
    polly = await startScriptedPolly(failOn('mp3', 3, failure(500, 'ServiceFailureException')));
    const speaker = new PollySpeaker(polly.client);

    await expect(speaker.speak(fiveParts, voice, never)).rejects.toMatchObject({ retry: 'later' });
    const speech = await speaker.speak(fiveParts, voice, never);

    expect(speech.words.map(({ word }) => word)).toEqual(fiveParts.trim().split(' '));
  });

  it.each(['end', 'reset'] as const)(
    'takes audio that is cut short (%s) for a failure, not for a short speech',
    async (how) => {
      const cut = async (request: PollyRequest) =>
        request.OutputFormat === 'mp3' ? ({ kind: 'cut', body: await toneFor(request), how } as const) : 'speak';
      const text = 'Long enough that half of its audio ends before its last word is spoken.';
      await expect(speak(text, cut)).rejects.toMatchObject({ code: 'voice_unavailable', retry: 'later' });
    },
  );

  it('tries again after a refusal that is cut off before it says what it refuses', async () => {
    const refusal = { kind: 'cut', status: 400, body: Buffer.from('{"message":"x"}'), how: 'reset' } as const;
    await expect(speak('West.', () => refusal)).rejects.toMatchObject({ code: 'voice_unavailable', retry: 'later' });
  });

  it.each([
    ['no audio', { kind: 'answer', status: 200, body: '' }],
    ['an error page', { kind: 'answer', status: 200, body: '<html>Bad gateway</html>' }],
  ] as const)('takes %s for a failure', async (_, answer) => {
    await expect(speak('West.', () => answer)).rejects.toMatchObject({ code: 'voice_unavailable', retry: 'later' });
  });

  it('takes marks that cannot be read for a failure', async () => {
    const marks = { kind: 'answer', status: 200, body: '{"time":0,"type":"wo' } as const;
    await expect(speak('West.', failOn('json', 1, marks))).rejects.toMatchObject({ code: 'voice_unavailable' });
  });

  it.each([
    ['before the answer', async () => ({ kind: 'hang' }) as const],
    [
      'within the audio',
      async (request: PollyRequest) => ({ kind: 'hang half-way', body: await toneFor(request) }) as const,
    ],
  ])('stops at once when it is told to while Polly hangs %s', async (_, hang) => {
    const stop = new AbortController();
    polly = await startScriptedPolly(async (request) => {
      queueMicrotask(() => stop.abort(new Error('cancelled')));
      return hang(request);
    });
    const speaking = new PollySpeaker(polly.client).speak('West to the sea.', voice, stop.signal);
    await expect(speaking).rejects.toMatchObject({ code: 'timed_out', retry: 'later' });
  });

  it.each(['', ' \n\t ', '\u0000\u0008'])(
    'refuses a text with nothing to speak, %j, without a request',
    async (text) => {
      await expect(speak(text)).rejects.toMatchObject({ code: 'voice_text_refused', retry: 'never' });
      expect(polly.requests).toHaveLength(0);
    },
  );

  it('refuses a voice that Polly does not have', async () => {
    polly = await startScriptedPolly();
    const unknown = { ...voice, voiceId: 'MORGAN_FREEMAN' };
    await expect(new PollySpeaker(polly.client).speak('West.', unknown, never)).rejects.toMatchObject({
      code: 'voice_misconfigured',
      retry: 'never',
    });
    expect(polly.requests).toHaveLength(0);
  });
});

/** Fails one request of a format, counted over the life of the server, and speaks the others. */
function failOn(format: PollyRequest['OutputFormat'], nth: number, answer: Answer): PollyScript {
  let count = 0;
  return (request: PollyRequest) => {
    if (request.OutputFormat !== format) return 'speak';
    count += 1;
    return count === nth ? answer : 'speak';
  };
}
