import { parentPort } from 'node:worker_threads';
import { encodeAudio, leadSeconds, silence } from './encode.ts';
import { fliteRate, synthesize, wordStarts } from './flite.ts';
import type { Narration, Phrase } from './sentences.ts';
import type { AudioOptions } from './speech-request.ts';
import type { Range } from './ssml.ts';
import type { FliteVoice } from './voices.ts';

export interface SpeechTask {
  readonly narration: Narration;
  readonly voice: FliteVoice;
  /** Undefined when only the times of the words are wanted. */
  readonly audio: AudioOptions | undefined;
  readonly folder: string;
}

export interface SpeechResult {
  readonly audio: Uint8Array;
  /** Words and breaks, in order. */
  readonly words: readonly TimedWord[];
  readonly durationMilliseconds: number;
}

interface TimedWord extends Range {
  readonly milliseconds: number;
}

/** Measured over a story: a pace of about 150 words a minute, and the factor that brings its amplitude to an RMS of 0.11. */
const voiceSettings: Readonly<Record<FliteVoice, { readonly pace: number; readonly gain: number }>> = {
  slt: { pace: 0.98, gain: 0.69 },
  rms: { pace: 1.13, gain: 1.28 },
  awb: { pace: 1, gain: 1.1 },
};
const peakLimit = 0.89;
const marginSeconds = 0.025;

parentPort?.on('message', (task: SpeechTask) => void answer(task));

/** After an exception the memory of flite or an encoder is in an unknown state: unhandled, it ends the thread. */
async function answer(task: SpeechTask): Promise<void> {
  parentPort?.postMessage(await speak(task));
}

async function speak({ narration, voice, audio, folder }: SpeechTask): Promise<SpeechResult> {
  const chunks: Float32Array[] = [];
  const words: TimedWord[] = [];
  let seconds = leadSeconds;
  for (const phrase of narration.sentences.flatMap(({ phrases }) => phrases)) {
    const { samples, starts } = await speakPhrase(phrase, voice, audio === undefined, folder);
    for (const [index, { start, end }] of phrase.words.entries()) {
      words.push({ start, end, milliseconds: (seconds + (starts[index] ?? 0)) * 1000 });
    }
    const pause = silence(phrase.pauseMilliseconds / 1000);
    chunks.push(samples, pause);
    seconds += (samples.length + pause.length) / fliteRate;
  }
  const encoded = audio === undefined ? new Uint8Array() : await encodeAudio(chunks, audio);
  return { audio: encoded, words, durationMilliseconds: Math.round(seconds * 1000) };
}

/** The phrase without the silence that flite puts around it, and when each word starts in it, in seconds. */
async function speakPhrase({ words, rate }: Phrase, voice: FliteVoice, wantsTimes: boolean, folder: string) {
  const says = words.map(({ say }) => say);
  if (says.join('') === '') {
    return { samples: silence(0), starts: [] };
  }
  const { pace, gain } = voiceSettings[voice];
  const text = words.map(({ say, comma }) => (comma ? `${say},` : say)).join(' ');
  const { phones, samples } = await synthesize(voice, `${text.replace(/,$/, '')}.`, 1 / (pace * rate), folder);
  const from = Math.max(0, (phones[0]?.start ?? 0) - marginSeconds);
  const to = (phones.at(-1)?.end ?? 0) + marginSeconds;
  const cut = samples.slice(Math.round(from * fliteRate), Math.round(to * fliteRate));
  const starts = wantsTimes ? await wordStarts(says, phones, folder) : [];
  return { samples: amplify(cut, gain), starts: starts.map((start) => start - from) };
}

/** Louder by a factor, less where the peak would be cut. */
function amplify(samples: Float32Array, factor: number): Float32Array {
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  const gain = Math.min(factor, peakLimit / peak);
  return samples.map((sample) => sample * gain);
}
