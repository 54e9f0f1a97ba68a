import { createHash } from 'node:crypto';
import * as z from 'zod';
import { speechReuseDays } from '../../../shared/catalog/retention.ts';
import type { StoredSpeech } from '../../../shared/catalog/schemas/story.ts';
import { defaultPersonality, type Personality, personalities } from '../../../shared/catalog/voices.ts';
import type { Speech } from '../../../shared/domain/narration.ts';
import type { ProcessorServices } from '../services.ts';

/** Raise it when the same text and voice would sound different. */
const SPEECH_VERSION = 1;

/**
 * Speaks the text and keeps the speech under the hash of everything that can be heard in it. Speech that is there already is used, unless it is
 * old: that makes a repeated attempt cheap, and costs the same words only once. `at` is the job's time, milliseconds since the epoch.
 */
export async function narrate(
  text: string,
  personality: Personality = defaultPersonality,
  { speaker, media }: Pick<ProcessorServices, 'speaker' | 'media'>,
  { at, signal }: { readonly at: number; readonly signal: AbortSignal },
): Promise<StoredSpeech> {
  const voice = personalities[personality];
  const hash = createHash('sha256')
    .update(JSON.stringify([SPEECH_VERSION, voice, text]))
    .digest('hex');
  const keys = { audio_key: `speech/${hash}.mp3`, audio_words_key: `speech/${hash}.json` };
  const kept = KeptSpeech.safeParse(await media().find(keys.audio_key));
  if (kept.success && isRecent(kept.data.made, at))
    return { ...keys, ...kept.data.speech, voice_personality: personality };
  const speech = await speaker().speak(text, voice, signal);
  const facts = { audio_duration: speech.durationSeconds, characters_billed: speech.billedCharacters };
  await media().save(keys.audio_words_key, words(speech), 'application/json');
  await media().save(keys.audio_key, speech.audio, speech.contentType, properties(facts, at)); // last: whoever finds it finds the words too
  return { ...keys, ...facts, voice_personality: personality };
}

const KeptSpeech = z
  .object({
    duration: z.coerce.number().positive(),
    billed: z.coerce.number().int(),
    made: z.coerce.number().int(),
  })
  .transform(({ duration, billed, made }) => ({
    made,
    speech: { audio_duration: duration, characters_billed: billed },
  }));

function isRecent(made: number, at: number): boolean {
  return at - made < speechReuseDays * 86_400_000;
}

function properties(facts: { audio_duration: number; characters_billed: number }, at: number) {
  return { duration: String(facts.audio_duration), billed: String(facts.characters_billed), made: String(at) };
}

function words(speech: Speech): Uint8Array {
  const timings = speech.words.map(({ word, start, end, atSeconds }) => ({ word, start, end, at: atSeconds }));
  return new TextEncoder().encode(JSON.stringify(timings));
}
