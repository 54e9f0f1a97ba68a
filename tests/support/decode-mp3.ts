import { MPEGDecoder } from 'mpg123-decoder';

/** What an independent decoder hears: one channel of samples between -1 and 1. */
export async function decodeMp3(bytes: Uint8Array) {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  const { channelData, sampleRate, samplesDecoded, errors } = decoder.decode(bytes);
  decoder.free();
  const samples = channelData[0] ?? new Float32Array();
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return { sampleRate, seconds: samplesDecoded / sampleRate, rms: Math.sqrt(power), errors: errors.length };
}
