import { type Landmark, meters } from './landmark.ts';

/** Asia from Uzbekistan and Nepal to Arabia. */
export const southAndWestAsia: readonly Landmark[] = [
  {
    id: 'petra',
    name: 'Petra',
    latitude: 30.3285,
    longitude: 35.4444,
    countryCode: 'JO',
    kind: 'city carved from rock',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1985.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/326',
      },
    ],
  },
  {
    id: 'burj-khalifa',
    name: 'Burj Khalifa',
    article: 'the',
    latitude: 25.1972,
    longitude: 55.2744,
    countryCode: 'AE',
    kind: 'skyscraper',
    facts: [
      {
        text: 'It stands {height} tall.',
        interests: ['architecture'],
        measures: { height: meters(828) },
        source: 'https://www.burjkhalifa.ae/',
      },
    ],
  },
  {
    id: 'persepolis',
    name: 'Persepolis',
    latitude: 29.935,
    longitude: 52.89,
    countryCode: 'IR',
    kind: 'ruined royal city',
    facts: [
      {
        text: 'Darius founded it in 518 BC.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/114',
      },
    ],
  },
  {
    id: 'registan',
    name: 'Registan',
    article: 'the',
    latitude: 39.6547,
    longitude: 66.9757,
    countryCode: 'UZ',
    kind: 'square of three colleges',
    facts: [
      {
        text: 'It is part of Samarkand, a World Heritage Site since 2001.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/603',
      },
    ],
  },
  {
    id: 'taj-mahal',
    name: 'Taj Mahal',
    article: 'the',
    latitude: 27.1751,
    longitude: 78.0421,
    countryCode: 'IN',
    kind: 'marble tomb',
    facts: [
      {
        text: 'Shah Jahan built it in memory of his favorite wife.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/252',
      },
    ],
  },
  {
    id: 'sigiriya',
    name: 'Sigiriya',
    latitude: 7.957,
    longitude: 80.7603,
    countryCode: 'LK',
    kind: 'palace on a rock',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1982.',
        interests: ['history', 'architecture', 'nature'],
        source: 'https://whc.unesco.org/en/list/202',
      },
    ],
  },
  {
    id: 'mount-everest',
    name: 'Mount Everest',
    latitude: 27.9881,
    longitude: 86.925,
    countryCode: 'NP',
    kind: 'mountain',
    facts: [
      {
        text: 'It is the highest peak in the world.',
        interests: ['nature', 'geography', 'science'],
        source: 'https://whc.unesco.org/en/list/120',
      },
    ],
  },
  {
    id: 'red-fort',
    name: 'Red Fort',
    article: 'the',
    latitude: 28.6562,
    longitude: 77.241,
    countryCode: 'IN',
    kind: 'sandstone palace in Delhi',
    facts: [
      {
        text: 'Shah Jahan built it for his new capital.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/231',
      },
    ],
  },
  {
    id: 'hampi',
    name: 'Hampi',
    latitude: 15.335,
    longitude: 76.46,
    countryCode: 'IN',
    kind: 'ruined royal city',
    facts: [
      {
        text: 'It was the last capital of the kingdom of Vijayanagar.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/241',
      },
    ],
  },
  {
    id: 'ajanta',
    name: 'Ajanta Caves',
    article: 'the',
    plural: true,
    latitude: 20.5519,
    longitude: 75.7033,
    countryCode: 'IN',
    kind: 'cliff of Buddhist halls',
    facts: [
      {
        text: 'The oldest date from the 2nd and 1st centuries BC.',
        interests: ['culture', 'history'],
        source: 'https://whc.unesco.org/en/list/242',
      },
    ],
  },
  {
    id: 'konark',
    name: 'Sun Temple of Konark',
    article: 'the',
    latitude: 19.8876,
    longitude: 86.0945,
    countryCode: 'IN',
    kind: 'chariot of stone',
    facts: [
      {
        text: 'It was built in the 13th century, with 24 carved wheels.',
        interests: ['architecture', 'culture', 'astronomy'],
        source: 'https://whc.unesco.org/en/list/246',
      },
    ],
  },
  {
    id: 'lumbini',
    name: 'Lumbini',
    latitude: 27.4694,
    longitude: 83.2756,
    countryCode: 'NP',
    kind: 'garden of pilgrims',
    facts: [
      {
        text: 'The Buddha was born there.',
        interests: ['culture', 'history'],
        source: 'https://whc.unesco.org/en/list/666',
      },
    ],
  },
  {
    id: 'temple-of-the-tooth',
    name: 'Temple of the Tooth',
    article: 'the',
    latitude: 7.2936,
    longitude: 80.6413,
    countryCode: 'LK',
    kind: 'shrine in Kandy',
    facts: [
      {
        text: 'A tooth of the Buddha is kept there.',
        interests: ['culture', 'history'],
        source: 'https://whc.unesco.org/en/list/450',
      },
    ],
  },
  {
    id: 'mohenjo-daro',
    name: 'Mohenjo-daro',
    latitude: 27.3292,
    longitude: 68.1389,
    countryCode: 'PK',
    kind: 'ruined city of baked brick',
    facts: [
      {
        text: 'It was built in the 3rd millennium BC.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/138',
      },
    ],
  },
  {
    id: 'naqsh-e-jahan',
    name: 'Naqsh-e Jahan Square',
    latitude: 32.6575,
    longitude: 51.6775,
    countryCode: 'IR',
    kind: 'royal square of Isfahan',
    facts: [
      {
        text: 'Shah Abbas had it built at the beginning of the 17th century.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/115',
      },
    ],
  },
  {
    id: 'baalbek',
    name: 'Baalbek',
    latitude: 34.0069,
    longitude: 36.2039,
    countryCode: 'LB',
    kind: 'field of giant columns',
    facts: [
      {
        text: 'The Romans knew it as Heliopolis.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/294',
      },
    ],
  },
  {
    id: 'bukhara',
    name: 'Kalan Minaret',
    article: 'the',
    latitude: 39.7758,
    longitude: 64.4147,
    countryCode: 'UZ',
    kind: 'brick tower',
    facts: [
      {
        text: 'It stands in Bukhara, a city on the Silk Route that is more than 2,000 years old.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/602',
      },
    ],
  },
  {
    id: 'hegra',
    name: 'Hegra',
    latitude: 26.7917,
    longitude: 37.9528,
    countryCode: 'SA',
    kind: 'city of tombs cut in rock',
    facts: [
      {
        text: 'The Nabataeans, who built Petra, carved it.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/1293',
      },
    ],
  },
];
