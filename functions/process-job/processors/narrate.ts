import type { StoredSpeech } from '../../../shared/catalog/schemas/story.ts';
import { defaultPersonality, type Personality, personalities } from '../../../shared/catalog/voices.ts';
import { mediaCost, speechCost } from '../../../shared/domain/cost.ts';
import type { Speech } from '../../../shared/domain/narration.ts';
import { findSpeech, speechKeys, speechProperties } from '../../../shared/jobs/kept-speech.ts';
import type { StepContext } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';

/** Speech, and whether another job had made it: what an earlier attempt of the same job has made is its own. */
export interface Narrated {
  readonly speech: StoredSpeech;
  readonly cached: boolean;
}

/**
 * Speaks the text and keeps the speech under the hash of everything that can be heard in it. Speech that is there already is used, unless it is
 * old: that makes a repeated attempt cheap, and costs the same words only once. `at` is the job's time, milliseconds since the epoch.
 */
export async function narrate(
  text: string,
  personality: Personality = defaultPersonality,
  { speaker, media }: Pick<ProcessorServices, 'speaker' | 'media'>,
  { at, signal, spend }: Pick<StepContext<unknown, unknown>, 'signal' | 'spend'> & { readonly at: number },
): Promise<Narrated> {
  const kept = await findSpeech(text, personality, media(), at);
  if (kept) return { speech: kept.speech, cached: kept.made !== at };
  const keys = speechKeys(text, personality);
  const voice = personalities[personality];
  const spoken = await speaker().speak(text, voice, signal, (characters) =>
    spend(speechCost(characters, voice.engine)),
  );
  const facts = { audio_duration: spoken.durationSeconds, characters_billed: spoken.billedCharacters };
  await media().save(keys.audio_words_key, words(spoken), 'application/json');
  await media().save(keys.audio_key, spoken.audio, spoken.contentType, speechProperties(facts, at)); // last: whoever finds it finds the words too
  spend(mediaCost(Object.keys(keys).length));
  return { speech: { ...keys, ...facts, voice_personality: personality }, cached: false };
}

function words(speech: Speech): Uint8Array {
  const timings = speech.words.map(({ word, start, end, atSeconds }) => ({ word, start, end, at: atSeconds }));
  return new TextEncoder().encode(JSON.stringify(timings));
}
