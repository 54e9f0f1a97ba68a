import type { StoryBrief } from '../../shared/domain/story.ts';

/** A brief for a summer noon in Tucumcari, New Mexico, but for what a test states. */
export function storyBrief(changes: Partial<StoryBrief> = {}): StoryBrief {
  return {
    location: { latitude: 35.1717, longitude: -103.725 },
    interests: [],
    length: 'medium',
    units: 'imperial',
    when: new Date('2026-07-04T18:00:00Z'),
    seed: 'seed',
    ...changes,
  };
}
