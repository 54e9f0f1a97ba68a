import { feet, type Landmark } from './landmark.ts';

/** The Great Plains, from North Dakota to Oklahoma. */
export const usPlains: readonly Landmark[] = [
  {
    id: 'mount-rushmore',
    name: 'Mount Rushmore',
    latitude: 43.8791,
    longitude: -103.4591,
    countryCode: 'US',
    regionCode: 'SD',
    kind: 'mountain with four faces',
    facts: [
      {
        text: 'The heads of four presidents were carved between 1927 and 1941.',
        interests: ['history', 'architecture'],
        source: 'https://www.nps.gov/moru/index.htm',
      },
    ],
  },
  {
    id: 'wind-cave',
    name: 'Wind Cave',
    latitude: 43.5578,
    longitude: -103.4781,
    countryCode: 'US',
    regionCode: 'SD',
    kind: 'cave',
    facts: [
      {
        text: 'In 1903 it became the first cave to be made a national park.',
        interests: ['nature', 'science', 'history'],
        source: 'https://www.nps.gov/wica/index.htm',
      },
    ],
  },
  {
    id: 'badlands',
    name: 'Badlands National Park',
    latitude: 43.855,
    longitude: -102.34,
    countryCode: 'US',
    regionCode: 'SD',
    kind: 'park of eroded buttes',
    facts: [
      {
        text: 'It has one of the richest fossil beds in the world.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/badl/index.htm',
      },
    ],
  },
  {
    id: 'theodore-roosevelt-park',
    name: 'Theodore Roosevelt National Park',
    latitude: 46.979,
    longitude: -103.5387,
    countryCode: 'US',
    regionCode: 'ND',
    kind: 'badlands park',
    facts: [
      {
        text: 'Theodore Roosevelt first came to this country in 1883, to hunt bison.',
        interests: ['history', 'nature', 'people'],
        source: 'https://www.nps.gov/thro/index.htm',
      },
    ],
  },
  {
    id: 'scotts-bluff',
    name: 'Scotts Bluff',
    latitude: 41.8347,
    longitude: -103.7075,
    countryCode: 'US',
    regionCode: 'NE',
    kind: 'bluff above the Platte',
    facts: [
      {
        text: 'Travelers on the Oregon Trail steered by it.',
        interests: ['history', 'nature'],
        source: 'https://www.nps.gov/scbl/index.htm',
      },
      {
        text: 'It rises {height} above the valley floor.',
        interests: ['nature', 'geography'],
        measures: { height: feet(800) },
        source: 'https://www.nps.gov/scbl/index.htm',
      },
    ],
  },
  {
    id: 'brown-v-board',
    name: 'Monroe Elementary School',
    latitude: 39.038,
    longitude: -95.6763,
    countryCode: 'US',
    regionCode: 'KS',
    kind: 'historic school',
    facts: [
      {
        text: 'It stands for the court case that ended lawful school segregation in 1954.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/brvb/index.htm',
      },
    ],
  },
];
