import type { Gazetteer } from '../domain/gazetteer.ts';
import type { Fact, StoryBrief } from '../domain/story.ts';
import { aroundFacts } from './facts/around-facts.ts';
import { globeFacts } from './facts/globe-facts.ts';
import { hereFacts } from './facts/here-facts.ts';
import { landmarkFacts } from './facts/landmark-facts.ts';
import { nameFacts } from './facts/name-facts.ts';
import { findScene } from './facts/scene.ts';
import { skyFacts } from './facts/sky-facts.ts';
import { statehoodFacts } from './facts/statehood-facts.ts';

/**
 * Everything the narrator knows about a point, from the gazetteer, the landmark table, the sun and the moon. Never empty
 * with a gazetteer that has places. A latitude over 90 or a longitude over 180 is the caller's to refuse.
 */
export function collectFacts(gazetteer: Gazetteer, brief: StoryBrief): readonly Fact[] {
  const scene = findScene(gazetteer, brief);
  if (scene === undefined) {
    return [];
  }
  return [
    ...hereFacts(scene),
    ...nameFacts(scene),
    ...landmarkFacts(scene),
    ...statehoodFacts(scene),
    ...aroundFacts(scene),
    ...globeFacts(scene),
    ...skyFacts(scene),
  ];
}
