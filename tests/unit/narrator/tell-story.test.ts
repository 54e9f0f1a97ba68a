import { describe, expect, it } from 'vitest';
import type { Fact, StoryBrief } from '../../../shared/domain/story.ts';
import { collectFacts } from '../../../shared/narrator/collect-facts.ts';
import { renderStory } from '../../../shared/narrator/render-story.ts';
import { tellStory } from '../../../shared/narrator/tell-story.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';
import { storyBrief } from '../../support/story-brief.ts';

const gazetteer = await builtGazetteer();
const tell = (changes: Partial<StoryBrief>) => tellStory(gazetteer, storyBrief(changes));
const factsAt = (latitude: number, longitude: number, changes: Partial<StoryBrief> = {}) =>
  collectFacts(gazetteer, storyBrief({ location: { latitude, longitude }, ...changes }));
const factOf = (facts: readonly Fact[], id: string) => facts.find((fact) => fact.id === id);
const sanFrancisco = { latitude: 37.7749, longitude: -122.4194 };

describe('what a traveller asks for', () => {
  it('another seed gives another text about the same place', () => {
    const stories = ['a', 'b', 'c', 'd'].map((seed) => tell({ seed }));
    expect(new Set(stories.map(({ content }) => content)).size).toBe(4);
    expect(stories.every(({ content }) => content.includes('Tucumcari'))).toBe(true);
  });

  it('a longer story has more words', () => {
    const [short, medium, long] = (['short', 'medium', 'long'] as const).map((length) => tell({ length }).words);
    expect(short).toBeGreaterThan(60);
    expect(medium).toBeGreaterThan((short ?? 0) + 25);
    expect(long).toBeGreaterThan((medium ?? 0) + 40);
  });

  it('an interest brings facts about it and says so', () => {
    const plain = tell({ location: sanFrancisco, length: 'short' });
    const historical = tell({ location: sanFrancisco, length: 'short', interests: ['history'] });
    expect(historical.content).not.toBe(plain.content);
    expect(historical.content).toMatch(/history/);
    const ofThePast = /^(landmark|statehood|other-names|name-meaning)/;
    expect(historical.facts.some(({ id }) => ofThePast.test(id))).toBe(true);
  });

  it('different interests make different stories of one place', () => {
    const texts = ['history', 'nature', 'architecture', 'astronomy'].map(
      (interest) => tell({ location: sanFrancisco, interests: [interest] }).content,
    );
    expect(new Set(texts).size).toBe(4);
  });

  it('an interest that no fact speaks to changes nothing', () => {
    expect(tell({ interests: ['food'] })).toEqual(tell({}));
  });

  it('a theme changes title, opening and closing, and an unknown one is the plain tone', () => {
    const texts = ['adventure', 'history', 'mystery', 'family', 'romance', 'nature'].map(
      (theme) => tell({ theme }).content,
    );
    expect(new Set(texts).size).toBe(6);
    expect(tell({ theme: 'quantum poetry' })).toEqual(tell({}));
  });

  it('units change how far things are and nothing else', () => {
    const miles = tell({ units: 'imperial' });
    const kilometers = tell({ units: 'metric' });
    expect(miles.content).toMatch(/miles|feet/);
    expect(miles.content).not.toMatch(/kilometer|meter/);
    expect(kilometers.content).toMatch(/kilometers|meters/);
    expect(kilometers.content).not.toMatch(/mile|feet/);
  });

  it('a name the traveller gave is believed if such a place is near, and ignored if not', () => {
    const near = tell({ location: { latitude: 37.7, longitude: -122.46, name: 'san francisco' } });
    const wrong = tell({ location: { ...sanFrancisco, name: 'Atlantis' } });
    expect(near.content).toContain('San Francisco');
    expect(wrong.content).not.toContain('Atlantis');
  });
});

describe('facts', () => {
  it('are all the renderer needs: told again from JSON they make the same story', () => {
    const brief = storyBrief({ theme: 'mystery', interests: ['history'] });
    const facts = collectFacts(gazetteer, brief);
    const { interests, theme, length, units, seed } = brief;
    const copy: Fact[] = JSON.parse(JSON.stringify(facts));
    expect(renderStory(copy, { interests, theme, length, units, seed })).toEqual(tellStory(gazetteer, brief));
  });

  it('have unique ids', () => {
    const ids = factsAt(sanFrancisco.latitude, sanFrancisco.longitude).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('put a point between towns into its own county, not the town’s', () => {
    const facts = factsAt(38.9, -117.0);
    expect(factOf(facts, 'county')?.values).toEqual({ county: 'Nye County', state: 'Nevada' });
  });

  it('name no county where a border is too near to tell', () => {
    expect(factOf(factsAt(37.0, -109.05), 'county')).toBeUndefined();
  });

  it('know the open sea and the nearest place across the date line', () => {
    const facts = factsAt(-48.88, -123.39);
    expect(factOf(facts, 'sea')).toBeDefined();
    expect(factOf(facts, 'here')?.values.relation).toBe('remote');
    expect(factOf(factsAt(-17.5, -179.99), 'here')?.values.place).toBe(
      factOf(factsAt(-17.5, 179.99), 'here')?.values.place,
    );
  });

  it('know that every way from a pole leads away from it', () => {
    expect(factOf(factsAt(90, 0), 'here')?.values.toward).toBe('south');
    expect(factOf(factsAt(-90, 0), 'here')?.values.toward).toBe('north');
  });

  it('know polar day and polar night', () => {
    expect(factOf(factsAt(69.65, 18.96), 'sun')?.values.state).toBe('always-up');
    const winter = { when: new Date('2026-12-21T12:00:00Z') };
    expect(factOf(factsAt(69.65, 18.96, winter), 'sun')?.values.state).toBe('always-down');
    expect(factOf(factsAt(-69, 40), 'sun')?.values.state).toBe('always-down');
  });

  it('give sunrise and sunset by the local clock', () => {
    const sun = factOf(factsAt(sanFrancisco.latitude, sanFrancisco.longitude), 'sun');
    expect(sun?.values.date).toBe('July 4');
    expect(sun?.values.sunrise).toMatch(/^5:5[123] a\.m\.$/);
    expect(sun?.values.sunset).toMatch(/^8:3[456] p\.m\.$/);
  });
});
