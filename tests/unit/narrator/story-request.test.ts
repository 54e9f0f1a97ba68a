import { describe, expect, it } from 'vitest';
import type { InputOf } from '../../../shared/catalog/job-types.ts';
import { GenerateStoryInput } from '../../../shared/catalog/schemas/story.ts';
import { storyKey, storyRequestOf } from '../../../shared/narrator/story-request.ts';

type Input = Partial<InputOf<'generate_story'>>;

const model = { modelId: 'a-model', temperature: 0.7 };
/** One in the afternoon in Tucumcari. */
const afternoon = new Date('2026-07-04T19:00:00Z');

function keyOf(different: Input = {}, when = afternoon, writer: object = model): string {
  const asked = {
    location: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' },
    interests: ['history', 'Route 66'],
    context: { theme: 'adventure' },
    ...different,
  };
  return storyKey(storyRequestOf(GenerateStoryInput.parse(asked)), when, writer);
}

const same = keyOf();

describe('two requests share a story', () => {
  it.each<[string, Input]>([
    ['a few hundred meters apart', { location: { latitude: 35.1741, longitude: -103.7211, name: 'Tucumcari' } }],
    ['with the interests in another order and spelling', { interests: ['route  66', ' History', 'HISTORY'] }],
    ['with the theme in another spelling', { context: { theme: ' Adventure ' } }],
    ['one of which says what is the rule anyway', { preferences: { length: 'medium', language: 'en' } }],
    ['with private fields that shape nothing', { context: { theme: 'adventure', passenger: 'Ada', phone: '+1 555' } }],
    ['with preferences of the app’s own', { preferences: { font: 'large', home: [35, -106] } }],
    ['one of which wants it spoken', { include_voice: true, voice_personality: 'ranger' }],
  ])('%s', (_, different) => {
    expect(keyOf(different)).toBe(same);
  });

  it('hours apart within the same part of the day', () => {
    expect(keyOf({}, new Date('2026-07-04T22:30:00Z'))).toBe(same);
  });
});

describe('two requests have stories of their own', () => {
  it.each<[string, Input]>([
    ['a few kilometers apart', { location: { latitude: 35.2017, longitude: -103.725, name: 'Tucumcari' } }],
    ['for another name of the place', { location: { latitude: 35.1717, longitude: -103.725, name: 'Quay' } }],
    ['for no name of the place', { location: { latitude: 35.1717, longitude: -103.725 } }],
    ['with another interest', { interests: ['history'] }],
    ['with interests that only read alike when joined', { interests: ['history,route 66'] }],
    ['with another theme', { context: { theme: 'mystery' } }],
    ['without a theme', { context: {} }],
    ['of another length', { preferences: { length: 'long' } }],
    ['in other units', { preferences: { units: 'metric' } }],
  ])('%s', (_, different) => {
    expect(keyOf(different)).not.toBe(same);
  });

  it.each([
    ['in another part of the day', '2026-07-04T23:30:00Z'],
    ['on another day', '2026-07-05T19:00:00Z'],
    ['in another year', '2027-07-04T19:00:00Z'],
    ['before sunrise', '2026-07-04T11:30:00Z'],
  ])('%s', (_, when) => {
    expect(keyOf({}, new Date(when))).not.toBe(same);
  });

  it('in the same morning, before and after sunrise, since the story tells of the sun', () => {
    expect(keyOf({}, new Date('2026-07-04T11:30:00Z'))).not.toBe(keyOf({}, new Date('2026-07-04T12:30:00Z')));
  });

  it('told by another model, or by the same one at another temperature', () => {
    expect(keyOf({}, afternoon, { ...model, modelId: 'another' })).not.toBe(same);
    expect(keyOf({}, afternoon, { ...model, temperature: 0.2 })).not.toBe(same);
  });
});
