import { type Landmark, meters } from './landmark.ts';

/** Asia. */
export const asia: readonly Landmark[] = [
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
    id: 'potala-palace',
    name: 'Potala Palace',
    article: 'the',
    latitude: 29.6578,
    longitude: 91.1169,
    countryCode: 'CN',
    kind: 'winter palace',
    facts: [
      {
        text: 'It was the winter palace of the Dalai Lama from the 7th century on.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/707',
      },
    ],
  },
  {
    id: 'terracotta-army',
    name: 'Terracotta Army',
    article: 'the',
    latitude: 34.3841,
    longitude: 109.2785,
    countryCode: 'CN',
    kind: 'buried army of clay',
    facts: [
      {
        text: 'It guards the tomb of Qin Shi Huang, the first emperor of China.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/441',
      },
    ],
  },
  {
    id: 'great-wall-badaling',
    name: 'Great Wall at Badaling',
    article: 'the',
    latitude: 40.354,
    longitude: 116.0064,
    countryCode: 'CN',
    kind: 'stretch of the Great Wall',
    facts: [
      {
        text: 'The wall has been a World Heritage Site since 1987.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/438',
      },
    ],
  },
  {
    id: 'angkor',
    name: 'Angkor Wat',
    latitude: 13.4125,
    longitude: 103.867,
    countryCode: 'KH',
    kind: 'temple',
    facts: [
      {
        text: 'It stands in Angkor, capital of the Khmer Empire from the 9th to the 15th century.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/668',
      },
    ],
  },
  {
    id: 'ha-long-bay',
    name: 'Ha Long Bay',
    latitude: 20.91,
    longitude: 107.18,
    countryCode: 'VN',
    kind: 'bay of limestone islands',
    facts: [
      {
        text: 'About 1,600 islands and islets rise from it.',
        interests: ['nature', 'geography'],
        source: 'https://whc.unesco.org/en/list/672',
      },
    ],
  },
  {
    id: 'borobudur',
    name: 'Borobudur',
    latitude: -7.6079,
    longitude: 110.2038,
    countryCode: 'ID',
    kind: 'Buddhist temple',
    facts: [
      {
        text: 'It was built in the 8th and 9th centuries.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/592',
      },
    ],
  },
  {
    id: 'mount-fuji',
    name: 'Mount Fuji',
    latitude: 35.3606,
    longitude: 138.7274,
    countryCode: 'JP',
    kind: 'volcano',
    facts: [
      {
        text: 'It is {height} high and has inspired artists for centuries.',
        interests: ['nature', 'culture', 'geography'],
        measures: { height: meters(3776) },
        source: 'https://whc.unesco.org/en/list/1418',
      },
    ],
  },
  {
    id: 'hiroshima-dome',
    name: 'Hiroshima Peace Memorial',
    article: 'the',
    latitude: 34.3955,
    longitude: 132.4536,
    countryCode: 'JP',
    kind: 'ruined dome',
    facts: [
      {
        text: 'It was left standing by the first atomic bomb used in war, on August 6, 1945.',
        interests: ['history', 'people'],
        source: 'https://whc.unesco.org/en/list/775',
      },
    ],
  },
  {
    id: 'banaue-terraces',
    name: 'rice terraces of the Cordilleras',
    article: 'the',
    plural: true,
    latitude: 16.934,
    longitude: 121.136,
    countryCode: 'PH',
    kind: 'landscape of rice terraces',
    facts: [
      {
        text: 'For 2,000 years the fields have followed the shape of the mountains.',
        interests: ['culture', 'nature', 'history'],
        source: 'https://whc.unesco.org/en/list/722',
      },
    ],
  },
];
