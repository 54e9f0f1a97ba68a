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
  {
    id: 'head-smashed-in',
    name: 'Head-Smashed-In Buffalo Jump',
    latitude: 49.7058,
    longitude: -113.6525,
    countryCode: 'CA',
    regionCode: '01',
    kind: 'cliff of the buffalo hunters',
    facts: [
      {
        text: 'For almost 6,000 years hunters drove herds of buffalo over its edge.',
        interests: ['history', 'culture', 'people'],
        source: 'https://whc.unesco.org/en/list/158',
      },
    ],
  },
  {
    id: 'granville-island-market',
    name: 'Granville Island Public Market',
    article: 'the',
    latitude: 49.2724,
    longitude: -123.135,
    countryCode: 'CA',
    regionCode: '02',
    kind: 'food hall in an old factory district',
    facts: [
      {
        text: 'It opened in 1979.',
        interests: ['people', 'culture'],
        source: 'https://granvilleisland.com/',
      },
    ],
  },
  {
    id: 'signal-hill',
    name: 'Signal Hill',
    latitude: 47.5697,
    longitude: -52.6817,
    countryCode: 'CA',
    regionCode: '05',
    kind: 'hill above the harbor',
    facts: [
      {
        text: 'Guglielmo Marconi received the first wireless signal across the Atlantic there on December 12, 1901.',
        interests: ['science', 'history'],
        source: 'https://parks.canada.ca/lhn-nhs/nl/signalhill',
      },
    ],
  },
  {
    id: 'louisbourg',
    name: 'Fortress of Louisbourg',
    article: 'the',
    latitude: 45.8923,
    longitude: -59.9858,
    countryCode: 'CA',
    regionCode: '07',
    kind: 'rebuilt French town',
    facts: [
      {
        text: 'The French founded it in 1713.',
        interests: ['history', 'architecture', 'people'],
        source: 'https://parks.canada.ca/lhn-nhs/ns/louisbourg',
      },
    ],
  },
  {
    id: 'lunenburg',
    name: 'old town of Lunenburg',
    article: 'the',
    latitude: 44.3775,
    longitude: -64.309,
    countryCode: 'CA',
    regionCode: '07',
    kind: 'grid of painted wooden houses',
    facts: [
      {
        text: 'The British planned it as a colony in 1753.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/741',
      },
    ],
  },
  {
    id: 'grand-pre',
    name: 'Grand-Pré',
    latitude: 45.109,
    longitude: -64.307,
    countryCode: 'CA',
    regionCode: '07',
    kind: 'marsh behind dikes',
    facts: [
      {
        text: 'Acadian farmers diked it in the 17th century, and from 1755 on they were deported.',
        interests: ['history', 'people', 'culture'],
        source: 'https://whc.unesco.org/en/list/1404',
      },
    ],
  },
  {
    id: 'rideau-locks',
    name: 'Ottawa Locks',
    article: 'the',
    plural: true,
    latitude: 45.4255,
    longitude: -75.6975,
    countryCode: 'CA',
    regionCode: '08',
    kind: 'staircase of canal basins',
    facts: [
      {
        text: 'They belong to the Rideau Canal, a World Heritage Site since 2007.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/1221',
      },
    ],
  },
];
