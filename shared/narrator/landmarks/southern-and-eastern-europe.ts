import type { Landmark } from './landmark.ts';

/** Europe around the Mediterranean and in the east. */
export const southernAndEasternEurope: readonly Landmark[] = [
  {
    id: 'sagrada-familia',
    name: 'Sagrada Família',
    article: 'the',
    latitude: 41.4036,
    longitude: 2.1744,
    countryCode: 'ES',
    kind: 'church',
    facts: [
      {
        text: 'Building began in 1882.',
        interests: ['architecture', 'culture'],
        source: 'https://sagradafamilia.org/en/history-of-the-temple',
      },
    ],
  },
  {
    id: 'alhambra',
    name: 'Alhambra',
    article: 'the',
    latitude: 37.176,
    longitude: -3.5881,
    countryCode: 'ES',
    kind: 'palace and fortress',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1984.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/314',
      },
    ],
  },
  {
    id: 'colosseum',
    name: 'Colosseum',
    article: 'the',
    latitude: 41.8902,
    longitude: 12.4922,
    countryCode: 'IT',
    kind: 'amphitheater',
    facts: [
      {
        text: 'It was inaugurated in the year 80.',
        interests: ['history', 'architecture'],
        source: 'https://colosseo.it/en/',
      },
    ],
  },
  {
    id: 'pompeii',
    name: 'Pompeii',
    latitude: 40.7497,
    longitude: 14.4869,
    countryCode: 'IT',
    kind: 'buried town',
    facts: [
      {
        text: 'Mount Vesuvius buried it in the year 79.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/829',
      },
    ],
  },
  {
    id: 'acropolis',
    name: 'Acropolis',
    article: 'the',
    latitude: 37.9715,
    longitude: 23.7257,
    countryCode: 'GR',
    kind: 'rock with temples',
    facts: [
      {
        text: 'Its great buildings went up in the 5th century BC.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/404',
      },
    ],
  },
  {
    id: 'hagia-sophia',
    name: 'Hagia Sophia',
    latitude: 41.0086,
    longitude: 28.9802,
    countryCode: 'TR',
    kind: 'domed house of worship',
    facts: [
      {
        text: 'It was built in the 6th century.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/356',
      },
    ],
  },
  {
    id: 'red-square',
    name: 'Red Square',
    latitude: 55.7539,
    longitude: 37.6208,
    countryCode: 'RU',
    kind: 'city square',
    facts: [
      {
        text: 'Together with the Kremlin it became a World Heritage Site in 1990.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/545',
      },
    ],
  },
];
