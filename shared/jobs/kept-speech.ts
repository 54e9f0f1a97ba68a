import { createHash } from 'node:crypto';
import * as z from 'zod';
import { speechReuseDays } from '../catalog/retention.ts';
import type { StoredSpeech } from '../catalog/schemas/story.ts';
import { defaultPersonality, type Personality, personalities } from '../catalog/voices.ts';
import type { MediaProperties, MediaStore } from '../domain/ports.ts';

/** Raise it when the same text and voice would sound different. */
const SPEECH_VERSION = 1;

/** The objects that hold the speech of a text: named by everything that can be heard in it. */
export function speechKeys(text: string, personality: Personality = defaultPersonality) {
  const hash = createHash('sha256')
    .update(JSON.stringify([SPEECH_VERSION, personalities[personality], text]))
    .digest('hex');
  return { audio_key: `speech/${hash}.mp3`, audio_words_key: `speech/${hash}.json` };
}

/** Speech that is there, and when the job that made it was accepted, milliseconds since the epoch. */
export interface KeptSpeech {
  readonly speech: StoredSpeech;
  readonly made: number;
}

/** The speech of the text, if it has been made before and will still be there for a while. `at` is now, milliseconds since the epoch. */
export async function findSpeech(
  text: string,
  personality: Personality = defaultPersonality,
  media: Pick<MediaStore, 'find'>,
  at: number,
): Promise<KeptSpeech | undefined> {
  const keys = speechKeys(text, personality);
  const kept = SpeechProperties.safeParse(await media.find(keys.audio_key));
  if (!kept.success || at - kept.data.made >= speechReuseDays * 86_400_000) return undefined;
  const { made, facts } = kept.data;
  return { speech: { ...keys, ...facts, voice_personality: personality }, made };
}

/** What is kept beside the audio, as properties of its object. `at` is when it was made, milliseconds since the epoch. */
export function speechProperties(
  facts: { readonly audio_duration: number; readonly characters_billed: number },
  at: number,
): MediaProperties {
  return { duration: String(facts.audio_duration), billed: String(facts.characters_billed), made: String(at) };
}

const SpeechProperties = z
  .object({
    duration: z.coerce.number().positive(),
    billed: z.coerce.number().int(),
    made: z.coerce.number().int(),
  })
  .transform(({ duration, billed, made }) => ({
    made,
    facts: { audio_duration: duration, characters_billed: billed },
  }));
