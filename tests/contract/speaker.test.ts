import { VoiceId } from '@aws-sdk/client-polly';
import { afterEach, describe, expect, it } from 'vitest';
import { PollySpeaker } from '../../shared/adapters/polly/polly-speaker.ts';
import { personalities, sampleRateHertzByEngine } from '../../shared/catalog/voices.ts';
import type { Speech } from '../../shared/domain/narration.ts';
import { readMp3 } from '../../shared/speech/mp3.ts';
import { type PollyScript, type ScriptedPolly, startScriptedPolly, toneFor } from '../support/scripted-polly.ts';

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

describe('PollySpeaker', () => {
  it('speaks a text once as audio and once as word marks, naming voice, engine and rate', async () => {
    const text = `Tom & Jérôme's <b>bold</b> &amp; 😀 café`;
    const speech = await speak(text);

    expect(polly.requests.map(({ OutputFormat }) => OutputFormat)).toEqual(['mp3', 'json']);
    expect(polly.requests[0]).toMatchObject({
      Engine: 'neural',
      VoiceId: 'Ruth',
      TextType: 'ssml',
      SampleRate: '24000',
    });
    expect(polly.requests[1]).toMatchObject({ Engine: 'neural', VoiceId: 'Ruth', SpeechMarkTypes: ['word'] });
    expect(polly.requests[0]?.Text).toBe(
      '<speak><prosody rate="95%">Tom &amp; Jérôme&apos;s &lt;b&gt;bold&lt;/b&gt; &amp; 😀 café</prosody></speak>',
    );
    expect(speech.contentType).toBe('audio/mpeg');
    expect(speech.sampleRateHertz).toBe(24_000);
    expect(speech.durationSeconds).toBe(readMp3(speech.audio).durationSeconds);
    expect(speech.words.map(({ word }) => word)).toEqual(text.split(' '));
    expect(speech.words.every(({ word, start, end }) => text.slice(start, end) === word)).toBe(true);
  });

  it('speaks a long text whole and in order, two parts at a time, with every word at its place', async () => {
    const second = Promise.withResolvers<void>();
    const speech = await speak(fiveParts, async (_, count) => {
      if (count === 1) await second.promise;
      if (count === 2) second.resolve();
      return 'speak' as const;
    });
    const audioRequests = polly.requests.filter(({ OutputFormat }) => OutputFormat === 'mp3');
    const parts = await Promise.all(
      audioRequests.map(async (request) => readMp3(await toneFor(request)).durationSeconds),
    );

    expect(audioRequests).toHaveLength(5);
    expect(audioRequests.every(({ Text }) => Text.length <= 6_000)).toBe(true);
    expect(polly.mostAtOnce()).toBe(2);
    expect(speech.durationSeconds).toBeCloseTo(
      parts.reduce((sum, part) => sum + part, 0),
      6,
    );
    expect(speech.words.map(({ word }) => word)).toEqual(fiveParts.trim().split(' '));
    expect(speech.words.every(({ word, start, end }) => fiveParts.slice(start, end) === word)).toBe(true);
    expect(speech.words.map(({ atSeconds }) => atSeconds)).toEqual(
      speech.words.map(({ atSeconds }) => atSeconds).toSorted((left, right) => left - right),
    );
    expect(speech.billedCharacters).toBe(2 * fiveParts.length);
  });

  it('gives the parts in order when a later one is done first', async () => {
    const firstMayEnd = Promise.withResolvers<void>();
    const speech = await speak(fiveParts, async (request, count) => {
      if (count === 1) await firstMayEnd.promise;
      if (request.OutputFormat === 'mp3' && count > 4) firstMayEnd.resolve();
      return 'speak' as const;
    });
    expect(speech.words.map(({ word }) => word)).toEqual(fiveParts.trim().split(' '));
  });

  it.each(Object.entries(personalities))('asks for the personality %s as the catalog says', async (_, row) => {
    polly = await startScriptedPolly();
    const speech = await new PollySpeaker(polly.client).speak('West.', row, never);

    expect(Object.values<string>(VoiceId)).toContain(row.voiceId);
    expect(polly.requests.every(({ Engine, VoiceId: id }) => Engine === row.engine && id === row.voiceId)).toBe(true);
    expect(speech.sampleRateHertz).toBe(sampleRateHertzByEngine[row.engine]);
  });
});
