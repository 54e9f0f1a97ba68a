import { type Landmark, meters } from './landmark.ts';

/** Australia, the islands and the ice. */
export const oceaniaAndAntarctica: readonly Landmark[] = [
  {
    id: 'sydney-opera-house',
    name: 'Sydney Opera House',
    article: 'the',
    latitude: -33.8568,
    longitude: 151.2153,
    countryCode: 'AU',
    regionCode: '02',
    kind: 'concert hall',
    facts: [
      {
        text: 'It opened in 1973, and Jørn Utzon designed it.',
        interests: ['architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/166',
      },
    ],
  },
  {
    id: 'uluru',
    name: 'Uluru',
    latitude: -25.3444,
    longitude: 131.0369,
    countryCode: 'AU',
    regionCode: '03',
    kind: 'rock',
    facts: [
      {
        text: 'It belongs to the lands of the Anangu people and is a World Heritage Site.',
        interests: ['nature', 'culture', 'geography'],
        source: 'https://whc.unesco.org/en/list/447',
      },
    ],
  },
  {
    id: 'parkes-telescope',
    name: 'Parkes radio telescope',
    article: 'the',
    latitude: -32.9983,
    longitude: 148.2636,
    countryCode: 'AU',
    regionCode: '02',
    kind: 'radio telescope',
    facts: [
      {
        text: 'Its dish is {width} across.',
        interests: ['science', 'astronomy', 'history'],
        measures: { width: meters(64) },
        source: 'https://www.parkes.atnf.csiro.au/',
      },
    ],
  },
  {
    id: 'milford-sound',
    name: 'Milford Sound',
    latitude: -44.6414,
    longitude: 167.8974,
    countryCode: 'NZ',
    kind: 'fjord',
    facts: [
      {
        text: 'It lies in Te Wahipounamu, a World Heritage Site since 1990.',
        interests: ['nature', 'geography'],
        source: 'https://whc.unesco.org/en/list/551',
      },
    ],
  },
  {
    id: 'tongariro',
    name: 'Tongariro',
    latitude: -39.13,
    longitude: 175.64,
    countryCode: 'NZ',
    kind: 'volcano',
    facts: [
      {
        text: 'In 1993 its park became the first World Heritage cultural landscape.',
        interests: ['nature', 'culture', 'science'],
        source: 'https://whc.unesco.org/en/list/421',
      },
    ],
  },
  {
    id: 'nan-madol',
    name: 'Nan Madol',
    latitude: 6.8444,
    longitude: 158.3353,
    countryCode: 'FM',
    kind: 'city of basalt islets',
    facts: [
      {
        text: 'It is made of more than 100 islets, built up with walls of basalt and coral.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/1503',
      },
    ],
  },
  {
    id: 'discovery-hut',
    name: 'Discovery Hut',
    latitude: -77.8461,
    longitude: 166.64,
    countryCode: 'AQ',
    kind: 'expedition hut',
    facts: [
      {
        text: 'The expedition of Robert Falcon Scott put it up in 1902.',
        interests: ['history'],
        source: 'https://nzaht.org/',
      },
    ],
  },
  {
    id: 'south-pole-station',
    name: 'Amundsen–Scott South Pole Station',
    article: 'the',
    latitude: -89.9975,
    longitude: 139.27,
    countryCode: 'AQ',
    kind: 'research station',
    facts: [
      {
        text: 'Americans have lived at the pole without a break since 1956.',
        interests: ['science', 'history'],
        source: 'https://www.usap.gov/',
      },
    ],
  },
];
