import type { Fact, StoryBrief } from '../../shared/domain/story.ts';

/** A brief for a short story about Tucumcari, with what matters to a test put over it. */
export function aBrief(different: Partial<StoryBrief> = {}): StoryBrief {
  return {
    location: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' },
    interests: ['history'],
    theme: 'adventure',
    length: 'short',
    units: 'imperial',
    when: new Date('2026-07-04T17:00:00Z'),
    seed: 'seed-1',
    ...different,
  };
}

const source = 'GeoNames record 5494792, https://www.geonames.org/5494792';

/** Facts about Tucumcari, as the narrator collects them. */
export const someFacts: readonly Fact[] = [
  {
    id: 'here',
    kind: 'here',
    text: 'Tucumcari is in New Mexico; the traveler is 0 miles to the north of its center.',
    source,
    values: { place: 'Tucumcari', parent: 'New Mexico', relation: 'in', toward: 'south', direction: 'north' },
  },
  {
    id: 'population',
    kind: 'population',
    text: 'About 4,900 people live in Tucumcari.',
    source,
    values: { place: 'Tucumcari', people: '4,900 people', population: 4_900, size: 'small' },
  },
  {
    id: 'county',
    kind: 'county',
    text: 'The point lies in Quay County, New Mexico.',
    source: 'U.S. Census Bureau, cartographic boundaries 2017, county 35037',
    values: { county: 'Quay County', state: 'New Mexico' },
  },
];
