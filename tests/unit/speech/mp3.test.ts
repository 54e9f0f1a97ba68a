import fc from 'fast-check';
import { MPEGDecoder } from 'mpg123-decoder';
import { describe, expect, it } from 'vitest';
import { joinMp3, Mp3Error, readMp3 } from '../../../shared/speech/mp3.ts';
import { encodeTone, type ToneOptions } from '../../support/mp3-samples.ts';

describe('readMp3', () => {
  const tones: readonly ToneOptions[] = [
    { seconds: 3, sampleRateHertz: 24_000 },
    { seconds: 1.7, sampleRateHertz: 22_050 },
    { seconds: 2, sampleRateHertz: 16_000, channels: 2 },
    { seconds: 0.1, sampleRateHertz: 44_100 },
    { seconds: 2, sampleRateHertz: 44_100, channels: 2 },
    { seconds: 5, sampleRateHertz: 8_000 },
  ];

  it.each(tones)('counts what a decoder plays: $seconds s at $sampleRateHertz Hz', async (tone) => {
    const mp3 = readMp3(await encodeTone(tone));
    const decoded = await decode(mp3.frames);

    expect(mp3.sampleRateHertz).toBe(tone.sampleRateHertz);
    expect(mp3.channels).toBe(tone.channels ?? 1);
    expect(mp3.durationSeconds).toBeCloseTo(decoded.seconds, 6);
    expect(decoded.errors).toBe(0);
  });

  it('drops tags, an information frame and bytes between frames, and keeps the duration', async () => {
    const audio = await encodeTone({ seconds: 1, sampleRateHertz: 24_000 });
    const plain = readMp3(audio);
    const id3v2 = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 2, ...new Uint8Array(130).fill(0xff));
    const id3v1 = Uint8Array.of(0x54, 0x41, 0x47, ...new Uint8Array(125).fill(0x20));
    const information = informationFrame(audio);

    const dressed = readMp3(Uint8Array.of(...id3v2, ...information, ...audio, 0, 0, 0xff, 0xf3, 0, ...audio, ...id3v1));

    expect(dressed.frameCount).toBe(2 * plain.frameCount);
    expect(dressed.frames).toEqual(joinMp3([plain, plain]).frames);
    expect(dressed.durationSeconds).toBe(2 * plain.durationSeconds);
  });

  it('leaves out a last frame that was cut short', async () => {
    const audio = await encodeTone({ seconds: 1, sampleRateHertz: 24_000 });
    expect(readMp3(audio.subarray(0, -1)).frameCount).toBe(readMp3(audio).frameCount - 1);
  });

  it('reads any bytes to an end and never invents audio from noise without frames', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        try {
          const mp3 = readMp3(bytes);
          expect(mp3.frames.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(Mp3Error);
        }
      }),
    );
    expect(() => readMp3(new TextEncoder().encode('{"message":"not audio"}'))).toThrow(Mp3Error);
    expect(() => readMp3(new Uint8Array(0))).toThrow(Mp3Error);
  });
});

describe('joinMp3', () => {
  it('lasts exactly as long as its parts, by count and by decoder, without an error at a seam', async () => {
    const parts = [
      readMp3(await encodeTone({ seconds: 1.23, sampleRateHertz: 24_000 })),
      readMp3(await encodeTone({ seconds: 0.4, sampleRateHertz: 24_000 })),
      readMp3(await encodeTone({ seconds: 2.01, sampleRateHertz: 24_000 })),
    ];
    const joined = joinMp3(parts);
    const decoded = await decode(joined.frames);

    expect(joined.durationSeconds).toBeCloseTo(decoded.seconds, 6);
    expect(joined.frameCount).toBe(parts.reduce((sum, part) => sum + part.frameCount, 0));
    expect(readMp3(joined.frames).durationSeconds).toBeCloseTo(joined.durationSeconds, 9);
    expect(decoded.errors).toBe(0);
  });

  it('refuses parts of different sample rates or channels, and no parts', async () => {
    const part = readMp3(await encodeTone({ seconds: 0.2, sampleRateHertz: 24_000 }));
    const slower = readMp3(await encodeTone({ seconds: 0.2, sampleRateHertz: 16_000 }));
    const stereo = readMp3(await encodeTone({ seconds: 0.2, sampleRateHertz: 24_000, channels: 2 }));

    expect(() => joinMp3([part, slower])).toThrow(Mp3Error);
    expect(() => joinMp3([part, stereo])).toThrow(Mp3Error);
    expect(() => joinMp3([])).toThrow(Mp3Error);
  });
});

async function decode(frames: Uint8Array): Promise<{ seconds: number; errors: number }> {
  const decoder = new MPEGDecoder({ enableGapless: false });
  await decoder.ready;
  const { samplesDecoded, sampleRate, errors } = decoder.decode(frames);
  decoder.free();
  return { seconds: samplesDecoded / sampleRate, errors: errors.length };
}

/** The first frame with its audio replaced by the mark that LAME writes (mono, MPEG 2: after 4 + 9 bytes). */
function informationFrame(audio: Uint8Array): Uint8Array {
  const first = audio.slice(0, readMp3(audio).frames.length / readMp3(audio).frameCount);
  first.fill(0, 4);
  first.set(new TextEncoder().encode('Info'), 13);
  return first;
}
