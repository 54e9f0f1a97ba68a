import type { Landmark } from './landmark.ts';

/** Mexico, Central America and the Caribbean. */
export const middleAmerica: readonly Landmark[] = [
  {
    id: 'teotihuacan',
    name: 'Teotihuacan',
    latitude: 19.6925,
    longitude: -98.8438,
    countryCode: 'MX',
    regionCode: '15',
    kind: 'ruined city',
    facts: [
      {
        text: 'It was built between the 1st and the 7th century.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/414',
      },
    ],
  },
  {
    id: 'chichen-itza',
    name: 'Chichén Itzá',
    latitude: 20.6843,
    longitude: -88.5678,
    countryCode: 'MX',
    regionCode: '31',
    kind: 'Maya city',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1988.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/483',
      },
    ],
  },
  {
    id: 'palenque',
    name: 'ruins of Palenque',
    article: 'the',
    plural: true,
    latitude: 17.484,
    longitude: -92.0463,
    countryCode: 'MX',
    regionCode: '05',
    kind: 'Maya city',
    facts: [
      {
        text: 'The city was at its height between the years 500 and 700.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/411',
      },
    ],
  },
  {
    id: 'tikal',
    name: 'Tikal',
    latitude: 17.222,
    longitude: -89.6237,
    countryCode: 'GT',
    kind: 'Maya city in the forest',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1979.',
        interests: ['history', 'architecture', 'culture', 'nature'],
        source: 'https://whc.unesco.org/en/list/64',
      },
    ],
  },
  {
    id: 'copan',
    name: 'ruins of Copán',
    article: 'the',
    plural: true,
    latitude: 14.838,
    longitude: -89.142,
    countryCode: 'HN',
    kind: 'Maya city',
    facts: [
      {
        text: 'They were excavated only in the 19th century.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/129',
      },
    ],
  },
  {
    id: 'panama-canal',
    name: 'Miraflores Locks',
    article: 'the',
    plural: true,
    latitude: 8.997,
    longitude: -79.591,
    countryCode: 'PA',
    kind: 'set of locks of the Panama Canal',
    facts: [
      {
        text: 'The canal opened on August 15, 1914.',
        interests: ['history', 'architecture', 'science'],
        source: 'https://pancanal.com/en/',
      },
    ],
  },
  {
    id: 'old-havana',
    name: 'Old Havana',
    latitude: 23.1394,
    longitude: -82.352,
    countryCode: 'CU',
    kind: 'old town',
    facts: [
      {
        text: 'The Spanish founded the city in 1519.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/204',
      },
    ],
  },
];
