import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoryBrief } from '../../../shared/domain/story.ts';
import { themes } from '../../../shared/narrator/grammar/themes.ts';
import { topics } from '../../../shared/narrator/grammar/topics.ts';
import { tellStory } from '../../../shared/narrator/tell-story.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';
import { untruths } from '../../support/truth-check.ts';

const gazetteer = await builtGazetteer();

/** Evenly over the sphere, not over the map, or half the points would crowd the poles. */
const anywhere = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }))
  .map(([height, longitude]) => ({ latitude: (Math.asin(height) * 180) / Math.PI, longitude }));

const edgeOfTheMap = fc.constantFrom(
  { latitude: 90, longitude: 0 },
  { latitude: -90, longitude: 0 },
  { latitude: 89.999, longitude: -180 },
  { latitude: 0, longitude: 0 },
  { latitude: 0, longitude: 180 },
  { latitude: 0, longitude: -180 },
  { latitude: -17.5, longitude: 179.99 },
  { latitude: -17.5, longitude: -179.99 },
  { latitude: 65.5, longitude: -169 },
  { latitude: 66.07, longitude: 179.9 },
  { latitude: -48.88, longitude: -123.39 },
);

const inAmerica = fc.record({
  latitude: fc.double({ min: 25, max: 49, noNaN: true }),
  longitude: fc.double({ min: -124, max: -68, noNaN: true }),
});

const briefs: fc.Arbitrary<StoryBrief> = fc.record({
  location: fc.oneof(
    { weight: 6, arbitrary: anywhere },
    { weight: 1, arbitrary: edgeOfTheMap },
    { weight: 5, arbitrary: inAmerica },
  ),
  interests: fc.subarray([...Object.keys(topics), 'food', 'Wildlife ']),
  theme: fc.option(fc.constantFrom('poetry', ...themes.flatMap(({ words }) => words)), { nil: undefined }),
  length: fc.constantFrom('short', 'medium', 'long'),
  units: fc.constantFrom('metric', 'imperial'),
  when: fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }),
  seed: fc.string(),
});

describe('a story about any point of the Earth', () => {
  it('says no number and no name that its facts do not hold, and keeps a source for each fact', {
    timeout: 240_000,
  }, () => {
    fc.assert(
      fc.property(briefs, (brief) => {
        const story = tellStory(gazetteer, brief);
        expect(untruths(story)).toEqual([]);
        expect(story.facts.every((fact) => fact.source.length > 10)).toBe(true);
        expect(story.credits.some((credit) => credit.includes('GeoNames') && credit.includes('CC BY 4.0'))).toBe(true);
      }),
      { numRuns: 1_500, seed: 20_260_704 },
    );
  });

  it('is a whole text: two to four paragraphs, each sentence ended, nothing left to fill in', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(briefs, (brief) => {
        const story = tellStory(gazetteer, brief);
        const paragraphs = story.content.split('\n\n');
        expect(paragraphs.length).toBeGreaterThanOrEqual(2);
        expect(paragraphs.length).toBeLessThanOrEqual(4);
        expect(story.content.replace(/\n\n/g, ' ')).toBe(story.sentences.map(({ text }) => text).join(' '));
        for (const { text } of story.sentences) {
          expect(text).toMatch(/^[\p{Lu}\p{N}’‘'ʻ\p{Lo}].*[.?!]$/u);
          expect(text).not.toMatch(/[{}]|undefined|NaN|\.\.| {2}| [.,:;]|(?<!\p{L})a [aeio]\p{L}/u);
        }
        expect(new Set(story.sentences.map(({ text }) => text)).size).toBe(story.sentences.length);
        expect(story.words).toBeLessThanOrEqual({ short: 90, medium: 150, long: 240 }[brief.length]);
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('is the same for the same brief', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(briefs, (brief) => {
        expect(tellStory(gazetteer, structuredClone(brief))).toEqual(tellStory(gazetteer, brief));
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});
