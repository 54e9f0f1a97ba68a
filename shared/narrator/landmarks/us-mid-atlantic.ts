import type { Landmark } from './landmark.ts';

/** The Middle Atlantic states, from New York to Maryland. */
export const usMidAtlantic: readonly Landmark[] = [
  {
    id: 'independence-hall',
    name: 'Independence Hall',
    latitude: 39.9489,
    longitude: -75.15,
    countryCode: 'US',
    regionCode: 'PA',
    kind: 'brick statehouse',
    facts: [
      {
        text: 'The Declaration of Independence was signed there in 1776, and the Constitution in 1787.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/78',
      },
    ],
  },
  {
    id: 'gettysburg',
    name: 'Gettysburg battlefield',
    article: 'the',
    latitude: 39.8117,
    longitude: -77.2353,
    countryCode: 'US',
    regionCode: 'PA',
    kind: 'battlefield',
    facts: [
      {
        text: 'The battle lasted from July 1 to July 3, 1863.',
        interests: ['history'],
        source: 'https://www.nps.gov/gett/index.htm',
      },
    ],
  },
  {
    id: 'statue-of-liberty',
    name: 'Statue of Liberty',
    article: 'the',
    latitude: 40.6892,
    longitude: -74.0445,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'colossal statue',
    facts: [
      {
        text: 'It was dedicated on October 28, 1886.',
        interests: ['history', 'architecture'],
        source: 'https://www.nps.gov/stli/index.htm',
      },
    ],
  },
  {
    id: 'brooklyn-bridge',
    name: 'Brooklyn Bridge',
    article: 'the',
    latitude: 40.7061,
    longitude: -73.9969,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'suspension bridge',
    facts: [
      {
        text: 'It opened in 1883.',
        interests: ['architecture', 'history'],
        source: 'https://www.nyc.gov/html/dot/html/infrastructure/brooklyn-bridge.shtml',
      },
    ],
  },
  {
    id: 'womens-rights-park',
    name: 'Wesleyan Chapel',
    article: 'the',
    latitude: 42.9106,
    longitude: -76.8003,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'historic chapel',
    facts: [
      {
        text: 'The first convention for women’s rights met there in 1848.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/wori/index.htm',
      },
    ],
  },
  {
    id: 'niagara-falls',
    name: 'Niagara Falls',
    latitude: 43.0828,
    longitude: -79.0742,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'waterfall',
    facts: [
      {
        text: 'The park on its American side dates from 1885 and is the oldest state park in the country.',
        interests: ['nature', 'history'],
        source: 'https://www.niagarafallsstatepark.com/',
      },
    ],
  },
  {
    id: 'fort-mchenry',
    name: 'Fort McHenry',
    latitude: 39.2633,
    longitude: -76.5797,
    countryCode: 'US',
    regionCode: 'MD',
    kind: 'star-shaped fort',
    facts: [
      {
        text: 'Its defense in September 1814 gave the words to the national anthem.',
        interests: ['history', 'culture'],
        source: 'https://www.nps.gov/fomc/index.htm',
      },
    ],
  },
];
