import { feet, type Landmark, miles } from './landmark.ts';

/** The states around the upper Mississippi and the Great Lakes. */
export const usMidwest: readonly Landmark[] = [
  {
    id: 'gateway-arch',
    name: 'Gateway Arch',
    article: 'the',
    latitude: 38.6247,
    longitude: -90.1848,
    countryCode: 'US',
    regionCode: 'MO',
    kind: 'stainless steel arch',
    facts: [
      {
        text: 'It is {height} tall, and just as wide.',
        interests: ['architecture'],
        measures: { height: feet(630) },
        source: 'https://www.nps.gov/jeff/index.htm',
      },
      {
        text: 'Its last piece was set in place in October 1965.',
        interests: ['history', 'architecture'],
        source: 'https://www.nps.gov/jeff/index.htm',
      },
    ],
  },
  {
    id: 'cahokia-mounds',
    name: 'Cahokia Mounds',
    latitude: 38.6581,
    longitude: -90.0616,
    countryCode: 'US',
    regionCode: 'IL',
    kind: 'earthen city',
    facts: [
      {
        text: 'It was the largest settlement north of Mexico before Columbus.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/198',
      },
    ],
  },
  {
    id: 'lincoln-home',
    name: 'Lincoln Home',
    latitude: 39.7971,
    longitude: -89.6447,
    countryCode: 'US',
    regionCode: 'IL',
    kind: 'house of a president',
    facts: [
      {
        text: 'Abraham Lincoln lived there until he left for the White House in 1861.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/liho/index.htm',
      },
    ],
  },
  {
    id: 'effigy-mounds',
    name: 'Effigy Mounds',
    latitude: 43.0893,
    longitude: -91.1856,
    countryCode: 'US',
    regionCode: 'IA',
    kind: 'group of earthen mounds',
    facts: [
      {
        text: 'More than 200 mounds are kept there, some shaped like bears and birds.',
        interests: ['history', 'culture'],
        source: 'https://www.nps.gov/efmo/index.htm',
      },
    ],
  },
  {
    id: 'indiana-dunes',
    name: 'Indiana Dunes',
    latitude: 41.6533,
    longitude: -87.0524,
    countryCode: 'US',
    regionCode: 'IN',
    kind: 'shore of dunes',
    facts: [
      {
        text: 'It became a national park in 2019.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/indu/index.htm',
      },
      {
        text: 'The park follows the shore of Lake Michigan for {length}.',
        interests: ['nature', 'geography'],
        measures: { length: miles(15) },
        source: 'https://www.nps.gov/indu/index.htm',
      },
    ],
  },
  {
    id: 'pictured-rocks',
    name: 'Pictured Rocks',
    latitude: 46.5622,
    longitude: -86.3186,
    countryCode: 'US',
    regionCode: 'MI',
    kind: 'line of colored cliffs',
    facts: [
      {
        text: 'It was the first national lakeshore, set aside in 1966.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/piro/index.htm',
      },
    ],
  },
  {
    id: 'mackinac-bridge',
    name: 'Mackinac Bridge',
    article: 'the',
    latitude: 45.8174,
    longitude: -84.7278,
    countryCode: 'US',
    regionCode: 'MI',
    kind: 'suspension bridge',
    facts: [
      {
        text: 'It opened to traffic on November 1, 1957.',
        interests: ['architecture', 'history'],
        source: 'https://www.mackinacbridge.org/',
      },
    ],
  },
];
