import { createMp3Encoder, createOggEncoder } from 'wasm-media-encoders';
import { fliteRate } from './flite.ts';
import type { AudioOptions } from './speech-request.ts';

/** Silence before the first word, in seconds: more than MP3's delay at 8 kHz (138 ms). */
export const leadSeconds = 0.15;

/**
 * LAME's encoder delay of 576 samples and a decoder's 529 (https://lame.sourceforge.io/tech-FAQ.txt) push the sound back.
 * As much of the lead is left out, so speech marks are true of the audio in every format.
 */
const mp3DelaySeconds = (sampleRate: number) => 1105 / sampleRate;

/** Mono audio of the samples, after the lead. MP3 has a constant bit rate, so that its length follows from its size. */
export async function encodeAudio(speech: readonly Float32Array[], { format, sampleRate }: AudioOptions) {
  if (format === 'mp3') {
    const encoder = await createMp3Encoder();
    encoder.configure({ sampleRate: fliteRate, outputSampleRate: sampleRate, channels: 1, bitrate: 48 });
    return encodeAll(encoder, [silence(leadSeconds - mp3DelaySeconds(sampleRate)), ...speech]);
  }
  const resampled = [silence(leadSeconds), ...speech].map((samples) => resample(samples, sampleRate));
  if (format === 'ogg_vorbis') {
    const encoder = await createOggEncoder();
    encoder.configure({ sampleRate, channels: 1, vbrQuality: 3 });
    return encodeAll(encoder, resampled);
  }
  return Buffer.concat(resampled.map(toPcm));
}

/** Samples at flite's rate in which nothing is heard. */
export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * fliteRate));
}

interface Encoder {
  encode(channels: [Float32Array]): Uint8Array;
  finalize(): Uint8Array;
}

/** An encoder answers with its own memory, so each answer is copied before the next. */
function encodeAll(encoder: Encoder, chunks: readonly Float32Array[]): Buffer {
  const parts = chunks.map((samples) => Buffer.from(encoder.encode([samples])));
  return Buffer.concat([...parts, Buffer.from(encoder.finalize())]);
}

function toPcm(samples: Float32Array): Buffer {
  return Buffer.from(Int16Array.from(samples, (sample) => Math.round(sample * 32_767)).buffer);
}

/** By linear interpolation: the product asks for MP3, whose encoder has a better way. */
function resample(samples: Float32Array, to: number): Float32Array {
  const step = fliteRate / to;
  return Float32Array.from({ length: Math.round(samples.length / step) }, (_, index) => {
    const before = Math.floor(index * step);
    const left = samples[before] ?? 0;
    const right = samples[before + 1] ?? left;
    return left + (right - left) * (index * step - before);
  });
}
