import type { PollyClient } from '@aws-sdk/client-polly';
import { JobError, PermanentError, TransientError } from '../../domain/errors.ts';
import { mapBounded } from '../../domain/map-bounded.ts';
import type { Speaker, SpeakerVoice, Speech, WordTiming } from '../../domain/narration.ts';
import { joinMp3, type Mp3, readMp3 } from '../../speech/mp3.ts';
import { type SpeechLimits, splitText } from '../../speech/split-text.ts';
import { escapeText, toSsml } from '../../speech/ssml.ts';
import { type WordMark, wordTimings } from '../../speech/word-timings.ts';
import { pollyFailure } from './polly-failure.ts';
import { synthesizeAudio, synthesizeMarks } from './synthesize.ts';

/**
 * SynthesizeSpeech takes 6,000 characters in all, 3,000 of them billed.
 * @see https://docs.aws.amazon.com/polly/latest/dg/limits.html
 */
const pollyLimits: SpeechLimits = { billedCharacters: 3_000, totalCharacters: 6_000 };

/**
 * Speaks with Amazon Polly. A long text is spoken in parts and joined; a part that fails fails the whole speech, so there is
 * never half a narration. Retries and time-outs of single calls are the client's.
 */
export class PollySpeaker implements Speaker {
  readonly #client: PollyClient;

  constructor(client: PollyClient) {
    this.#client = client;
  }

  async speak(
    text: string,
    voice: SpeakerVoice,
    signal: AbortSignal,
    onBilled: (characters: number) => void = () => {},
  ): Promise<Speech> {
    const pieces = piecesOf(text);
    if (pieces.length === 0) throw new PermanentError('voice_text_refused', 'There is nothing to speak in this text.');
    try {
      const parts = await mapBounded(pieces, PARTS_AT_ONCE, signal, (piece, either) =>
        this.#speakPiece(piece, voice, either, onBilled),
      );
      return joinParts(parts, voice);
    } catch (error) {
      if (signal.aborted) throw new TransientError('timed_out', 'Speaking was stopped.', { cause: error });
      throw error instanceof JobError ? error : pollyFailure(error);
    }
  }

  async #speakPiece(
    piece: Piece,
    voice: SpeakerVoice,
    signal: AbortSignal,
    onBilled: (characters: number) => void,
  ): Promise<SpokenPiece> {
    const ssml = toSsml(piece.text, voice.ratePercent);
    const audio = await synthesizeAudio(this.#client, ssml, voice, signal);
    onBilled(audio.billedCharacters);
    const marks = await synthesizeMarks(this.#client, ssml, voice, signal);
    onBilled(marks.billedCharacters);
    const mp3 = readMp3(audio.body);
    refuseCutAudio(mp3, marks.body);
    return { ...piece, mp3, marks: marks.body, billedCharacters: audio.billedCharacters + marks.billedCharacters };
  }
}

/** Generative voices allow 8 requests a second in all; two parts at a time leave room for other jobs. */
const PARTS_AT_ONCE = 2;

interface Piece {
  readonly text: string;
  /** UTF-16 offset into the whole text. */
  readonly textOffset: number;
}

interface SpokenPiece extends Piece {
  readonly mp3: Mp3;
  readonly marks: readonly WordMark[];
  readonly billedCharacters: number;
}

/** The text's pieces without those in which nothing would be sent but space. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let textOffset = 0;
  for (const piece of splitText(text, pollyLimits)) {
    if (escapeText(piece).trim() !== '') pieces.push({ text: piece, textOffset });
    textOffset += piece.length;
  }
  return pieces;
}

/** A connection that ends early can look like the end of the audio; the marks know better. */
function refuseCutAudio(mp3: Mp3, marks: readonly WordMark[]): void {
  const lastWordSeconds = Math.max(0, ...marks.map((mark) => mark.time / 1000));
  if (lastWordSeconds > mp3.durationSeconds) {
    throw new TransientError('voice_unavailable', 'The audio ends before its last word.');
  }
}

function joinParts(parts: readonly SpokenPiece[], voice: SpeakerVoice): Speech {
  const whole = joinMp3(parts.map((part) => part.mp3));
  const words: WordTiming[] = [];
  let startsAtSeconds = 0;
  for (const { text, textOffset, mp3, marks } of parts) {
    words.push(...wordTimings(marks, { text, textOffset, ratePercent: voice.ratePercent, startsAtSeconds }));
    startsAtSeconds += mp3.durationSeconds;
  }
  return {
    audio: whole.frames,
    contentType: 'audio/mpeg',
    durationSeconds: whole.durationSeconds,
    sampleRateHertz: whole.sampleRateHertz,
    words,
    billedCharacters: parts.reduce((sum, part) => sum + part.billedCharacters, 0),
  };
}
