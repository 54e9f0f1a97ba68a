import type { StoredSpeech } from '../../../shared/catalog/schemas/story.ts';
import { defaultPersonality, type Personality, personalities } from '../../../shared/catalog/voices.ts';
import { mediaCost, speechCost } from '../../../shared/domain/cost.ts';
import type { Speech } from '../../../shared/domain/narration.ts';
import { findSpeech, speechKeys, speechProperties } from '../../../shared/jobs/kept-speech.ts';
import type { StepContext } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';

/**
 * Speaks the text and keeps the speech under the hash of everything that can be heard in it. Speech that is there already is used, unless it is
 * old: that makes a repeated attempt cheap, and costs the same words only once. `at` is the job's time, milliseconds since the epoch.
 */
export async function narrate(
  text: string,
  personality: Personality = defaultPersonality,
  { speaker, media }: Pick<ProcessorServices, 'speaker' | 'media'>,
  { at, signal, spend }: Pick<StepContext<unknown, unknown>, 'signal' | 'spend'> & { readonly at: number },
): Promise<StoredSpeech> {
  const kept = await findSpeech(text, personality, media(), at);
  if (kept) return kept;
  const keys = speechKeys(text, personality);
  const voice = personalities[personality];
  const speech = await speaker().speak(text, voice, signal, (characters) =>
    spend(speechCost(characters, voice.engine)),
  );
  const facts = { audio_duration: speech.durationSeconds, characters_billed: speech.billedCharacters };
  await media().save(keys.audio_words_key, words(speech), 'application/json');
  await media().save(keys.audio_key, speech.audio, speech.contentType, speechProperties(facts, at)); // last: whoever finds it finds the words too
  spend(mediaCost(Object.keys(keys).length));
  return { ...keys, ...facts, voice_personality: personality };
}

function words(speech: Speech): Uint8Array {
  const timings = speech.words.map(({ word, start, end, atSeconds }) => ({ word, start, end, at: atSeconds }));
  return new TextEncoder().encode(JSON.stringify(timings));
}
