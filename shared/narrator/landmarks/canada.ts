import { type Landmark, meters } from './landmark.ts';

/** Canada. */
export const canada: readonly Landmark[] = [
  {
    id: 'lake-louise',
    name: 'Lake Louise',
    latitude: 51.4166,
    longitude: -116.2173,
    countryCode: 'CA',
    regionCode: '01',
    kind: 'mountain lake',
    facts: [
      {
        text: 'It lies in Banff, the oldest national park in Canada.',
        interests: ['nature', 'history'],
        source: 'https://parks.canada.ca/pn-np/ab/banff',
      },
    ],
  },
  {
    id: 'dinosaur-park',
    name: 'Dinosaur Provincial Park',
    latitude: 50.762,
    longitude: -111.519,
    countryCode: 'CA',
    regionCode: '01',
    kind: 'badlands park',
    facts: [
      {
        text: 'Dinosaurs that lived about 75 million years ago have been found there.',
        interests: ['science', 'nature'],
        source: 'https://whc.unesco.org/en/list/71',
      },
    ],
  },
  {
    id: 'cn-tower',
    name: 'CN Tower',
    article: 'the',
    latitude: 43.6426,
    longitude: -79.3871,
    countryCode: 'CA',
    regionCode: '08',
    kind: 'tower',
    facts: [
      {
        text: 'It stands {height} tall.',
        interests: ['architecture'],
        measures: { height: meters(553) },
        source: 'https://www.cntower.ca/',
      },
    ],
  },
  {
    id: 'old-quebec',
    name: 'Old Québec',
    latitude: 46.812,
    longitude: -71.208,
    countryCode: 'CA',
    regionCode: '10',
    kind: 'walled town',
    facts: [
      {
        text: 'Champlain founded the city early in the 17th century.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/300',
      },
    ],
  },
  {
    id: 'lanse-aux-meadows',
    name: 'L’Anse aux Meadows',
    latitude: 51.595,
    longitude: -55.533,
    countryCode: 'CA',
    regionCode: '05',
    kind: 'Norse site',
    facts: [
      {
        text: 'Norse people lived there in the 11th century.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/4',
      },
    ],
  },
];
