import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journeyOf } from '../../../functions/process-job/processors/journey-of.ts';
import type { Point } from '../../../shared/domain/geodesy.ts';
import { journeyFacts } from '../../../shared/narrator/journey/journey-facts.ts';
import { renderJourney } from '../../../shared/narrator/journey/render-journey.ts';
import { tellStory } from '../../../shared/narrator/tell-story.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';
import { acceptedAt } from '../../support/job-builder.ts';
import { aStoredStory } from '../../support/stored-story.ts';
import { aBrief } from '../../support/story-samples.ts';
import { untruths } from '../../support/truth-check.ts';

const gazetteer = await builtGazetteer();

const point = fc.oneof(
  fc.record({
    latitude: fc.double({ min: 25, max: 49, noNaN: true }),
    longitude: fc.double({ min: -124, max: -68, noNaN: true }),
  }),
  fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
);

const journeys = fc.record({
  way: fc.array(fc.record({ location: point, hours: fc.integer({ min: 0, max: 300 }) }), {
    minLength: 1,
    maxLength: 12,
  }),
  length: fc.constantFrom('short', 'medium', 'long'),
  units: fc.constantFrom('metric', 'imperial'),
  seed: fc.string(),
});

interface Visit {
  readonly location: Point;
  readonly hours: number;
}

/** Real stories of the embedded narrator along the way. */
function factsAlong(way: readonly Visit[]) {
  const stories = way.map(({ location, hours }, index) => {
    const toldAt = acceptedAt + hours * 3_600_000;
    const { title, content, sentences, facts, credits } = tellStory(
      gazetteer,
      aBrief({ location, when: new Date(toldAt) }),
    );
    const told = { title, content, credits: [...credits], facts: [...facts] };
    const story = aStoredStory({
      ...told,
      sentences: sentences.map(({ text, facts }) => ({ text, facts: [...facts] })),
    });
    return { jobId: `job-${index}`, toldAt, location, story };
  });
  return journeyFacts(journeyOf({ stories, photos: [], leftOut: [] }, gazetteer).journey);
}

describe('a look back at any journey', () => {
  it('says no number and no name that its facts do not hold, and keeps a source for each fact', {
    timeout: 240_000,
  }, () => {
    fc.assert(
      fc.property(journeys, ({ way, ...brief }) => {
        const facts = factsAlong(way);
        const story = renderJourney(facts, brief);
        expect(untruths(story)).toEqual([]);
        expect(facts.every(({ source }) => source.length > 10)).toBe(true);
        expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
      }),
      { numRuns: 120, seed: 20_260_704 },
    );
  });

  it('is a whole text of its sentences, each ended and with nothing left to fill in', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(journeys, ({ way, ...brief }) => {
        const { content, sentences, title } = renderJourney(factsAlong(way), brief);
        expect(content.replaceAll('\n\n', ' ')).toBe(sentences.map(({ text }) => text).join(' '));
        for (const { text } of sentences) {
          expect(text).toMatch(/^[\p{Lu}\p{N}“"’‘'ʻ\p{Lo}].*[.?!][”"]?$/u);
          expect(text).not.toMatch(/[{}]|undefined|NaN|\.\.| {2}/);
        }
        expect(title).not.toBe('');
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
