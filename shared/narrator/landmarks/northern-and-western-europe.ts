import { kilometers, type Landmark, meters } from './landmark.ts';

/** The British Isles, Scandinavia, and Europe from the Atlantic to the Alps. */
export const northernAndWesternEurope: readonly Landmark[] = [
  {
    id: 'stonehenge',
    name: 'Stonehenge',
    latitude: 51.1789,
    longitude: -1.8262,
    countryCode: 'GB',
    regionCode: 'ENG',
    kind: 'circle of standing stones',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1986.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/373',
      },
    ],
  },
  {
    id: 'tower-of-london',
    name: 'Tower of London',
    article: 'the',
    latitude: 51.5081,
    longitude: -0.0759,
    countryCode: 'GB',
    regionCode: 'ENG',
    kind: 'fortress',
    facts: [
      {
        text: 'William the Conqueror had the White Tower built in the middle of it.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/488',
      },
    ],
  },
  {
    id: 'greenwich-observatory',
    name: 'Royal Observatory',
    article: 'the',
    latitude: 51.4778,
    longitude: -0.0015,
    countryCode: 'GB',
    regionCode: 'ENG',
    kind: 'observatory',
    facts: [
      {
        text: 'The prime meridian was drawn through it.',
        interests: ['astronomy', 'science', 'history'],
        source: 'https://whc.unesco.org/en/list/795',
      },
    ],
  },
  {
    id: 'giants-causeway',
    name: 'Giant’s Causeway',
    article: 'the',
    latitude: 55.2408,
    longitude: -6.5116,
    countryCode: 'GB',
    regionCode: 'NIR',
    kind: 'shore of basalt columns',
    facts: [
      {
        text: 'About 40,000 columns of black basalt stand there.',
        interests: ['nature', 'science'],
        source: 'https://whc.unesco.org/en/list/369',
      },
    ],
  },
  {
    id: 'newgrange',
    name: 'Newgrange',
    latitude: 53.6947,
    longitude: -6.4755,
    countryCode: 'IE',
    kind: 'passage tomb',
    facts: [
      {
        text: 'It belongs to Brú na Bóinne, a World Heritage Site since 1993.',
        interests: ['history', 'architecture', 'astronomy'],
        source: 'https://whc.unesco.org/en/list/659',
      },
    ],
  },
  {
    id: 'thingvellir',
    name: 'Þingvellir',
    latitude: 64.2558,
    longitude: -21.129,
    countryCode: 'IS',
    kind: 'plain of the old parliament',
    facts: [
      {
        text: 'An open-air assembly, the Althing, met there from 930 until 1798.',
        interests: ['history', 'culture', 'nature'],
        source: 'https://whc.unesco.org/en/list/1152',
      },
    ],
  },
  {
    id: 'bryggen',
    name: 'Bryggen',
    latitude: 60.3975,
    longitude: 5.3245,
    countryCode: 'NO',
    kind: 'row of wooden wharf houses',
    facts: [
      {
        text: 'It recalls the trade of the Hanseatic League, from the 14th to the 16th century.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/59',
      },
    ],
  },
  {
    id: 'eiffel-tower',
    name: 'Eiffel Tower',
    article: 'the',
    latitude: 48.8584,
    longitude: 2.2945,
    countryCode: 'FR',
    kind: 'iron tower',
    facts: [
      {
        text: 'It was finished in 1889.',
        interests: ['architecture', 'history'],
        source: 'https://www.toureiffel.paris/en',
      },
      {
        text: 'With its antennas it is {height} tall.',
        interests: ['architecture', 'science'],
        measures: { height: meters(330) },
        source: 'https://www.toureiffel.paris/en',
      },
    ],
  },
  {
    id: 'mont-saint-michel',
    name: 'Mont-Saint-Michel',
    latitude: 48.6361,
    longitude: -1.5115,
    countryCode: 'FR',
    kind: 'abbey on a tidal rock',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1979.',
        interests: ['architecture', 'history', 'nature'],
        source: 'https://whc.unesco.org/en/list/80',
      },
    ],
  },
  {
    id: 'cern',
    name: 'CERN',
    latitude: 46.2339,
    longitude: 6.0557,
    countryCode: 'CH',
    kind: 'physics laboratory',
    facts: [
      {
        text: 'Its largest accelerator is a ring of {length}.',
        interests: ['science'],
        measures: { length: kilometers(27) },
        source: 'https://home.cern/science/accelerators/large-hadron-collider',
      },
    ],
  },
  {
    id: 'cologne-cathedral',
    name: 'Cologne Cathedral',
    latitude: 50.9413,
    longitude: 6.9583,
    countryCode: 'DE',
    kind: 'Gothic cathedral',
    facts: [
      {
        text: 'Building began in 1248 and ended in 1880.',
        interests: ['architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/292',
      },
    ],
  },
  {
    id: 'neuschwanstein',
    name: 'Neuschwanstein Castle',
    latitude: 47.5576,
    longitude: 10.7498,
    countryCode: 'DE',
    kind: 'castle on a crag',
    facts: [
      {
        text: 'King Ludwig laid its foundation stone in 1869.',
        interests: ['architecture', 'history'],
        source: 'https://www.neuschwanstein.de/englisch/palace/history.htm',
      },
    ],
  },
  {
    id: 'kinderdijk',
    name: 'windmills of Kinderdijk',
    article: 'the',
    plural: true,
    latitude: 51.8836,
    longitude: 4.64,
    countryCode: 'NL',
    kind: 'row of windmills',
    facts: [
      {
        text: 'They have been a World Heritage Site since 1997.',
        interests: ['architecture', 'history', 'science'],
        source: 'https://whc.unesco.org/en/list/818',
      },
    ],
  },
];
