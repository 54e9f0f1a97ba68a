import type { Gazetteer } from '../domain/gazetteer.ts';
import type { Story, StoryBrief } from '../domain/story.ts';
import { collectFacts } from './collect-facts.ts';
import { renderStory } from './render-story.ts';

/** The embedded narrator: a true story about a point, the same for the same brief. Throws if the gazetteer is empty. */
export function tellStory(gazetteer: Gazetteer, brief: StoryBrief): Story {
  return renderStory(collectFacts(gazetteer, brief), brief);
}
