import { createMp3Encoder } from 'wasm-media-encoders';

export interface ToneOptions {
  readonly seconds: number;
  readonly sampleRateHertz: 16_000 | 22_050 | 24_000 | 44_100 | 8_000;
  readonly channels?: 1 | 2;
}

/** A real mp3 (LAME, 48 kbit/s) of a 440 Hz tone. */
export async function encodeTone({ seconds, sampleRateHertz, channels = 1 }: ToneOptions): Promise<Uint8Array> {
  const encoder = await createMp3Encoder();
  encoder.configure({ channels, sampleRate: sampleRateHertz, outputSampleRate: sampleRateHertz, bitrate: 48 });
  const samples = new Float32Array(Math.round(seconds * sampleRateHertz));
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = 0.3 * Math.sin((2 * Math.PI * 440 * index) / sampleRateHertz);
  }
  // The encoder gives views of its own memory, so each is copied before the next call.
  const body = Uint8Array.from(encoder.encode(Array.from({ length: channels }, () => samples)));
  const end = Uint8Array.from(encoder.finalize());
  return Uint8Array.of(...body, ...end);
}
