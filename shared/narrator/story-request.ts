import { createHash } from 'node:crypto';
import type { InputOf } from '../catalog/job-types.ts';
import { storyCache } from '../catalog/story-cache.ts';
import type { StoryBrief } from '../domain/story.ts';
import { skyMomentAt } from './facts/sky-facts.ts';

/**
 * A request for a story reduced to what shapes the text: the place to about a kilometer, and the same words in one spelling and order. The
 * owner, the voice, the priority and whatever else the app put into `context` and `preferences` are not in it.
 */
export interface StoryRequest
  extends Pick<StoryBrief, 'location' | 'interests' | 'theme' | 'length'>,
    Partial<Pick<StoryBrief, 'units'>> {
  readonly language: string;
}

/** Reduces the input of a job to that; two inputs that must get the same story give equal requests. */
export function storyRequestOf({ location, interests, context, preferences }: InputOf<'generate_story'>): StoryRequest {
  const { latitude, longitude, name } = location;
  return {
    location: {
      latitude: toHundredths(latitude),
      longitude: toHundredths(longitude),
      ...(name !== undefined && { name: oneSpelling(name) }),
    },
    interests: [...new Set(interests.map((interest) => oneSpelling(interest).toLowerCase()))].toSorted(),
    ...(context.theme !== undefined && { theme: oneSpelling(context.theme).toLowerCase() }),
    length: preferences.length ?? 'medium',
    ...(preferences.units !== undefined && { units: preferences.units }),
    language: preferences.language ?? 'en',
  };
}

/**
 * Under which the story is shared, and the seed it is told by: a hash of the request, of what the facts know of the moment (the local date,
 * the part of the day, where the sun stands), of the narrator's version and of `model`, the settings of the model. Units that were not asked
 * for follow from the place, so their absence stands for them.
 */
export function storyKey(request: StoryRequest, when: Date, model: object): string {
  const { location, interests, theme = null, length, units = null, language } = request;
  const { noon, midnight, partOfDay, sun } = skyMomentAt(when, location);
  const { latitude, longitude, name = null } = location;
  const where = [latitude, longitude, name];
  const moment = [noon.toISOString(), midnight.toISOString(), partOfDay, sun];
  const all = [storyCache.version, model, where, interests, theme, length, units, language, moment];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url');
}

function toHundredths(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}

function oneSpelling(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}
