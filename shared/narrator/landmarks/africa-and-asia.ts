import { type Landmark, meters } from './landmark.ts';

/** Africa and Asia. */
export const africaAndAsia: readonly Landmark[] = [
  {
    id: 'giza-pyramids',
    name: 'pyramids of Giza',
    article: 'the',
    plural: true,
    latitude: 29.9792,
    longitude: 31.1342,
    countryCode: 'EG',
    kind: 'group of royal tombs',
    facts: [
      {
        text: 'They belong to the field of pyramids of Memphis, a World Heritage Site since 1979.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/86',
      },
    ],
  },
  {
    id: 'victoria-falls',
    name: 'Victoria Falls',
    latitude: -17.9243,
    longitude: 25.8572,
    countryCode: 'ZM',
    kind: 'waterfall',
    facts: [
      {
        text: 'It is also known as Mosi-oa-Tunya, and the river in it is the Zambezi.',
        interests: ['nature', 'geography'],
        source: 'https://whc.unesco.org/en/list/509',
      },
    ],
  },
  {
    id: 'kilimanjaro',
    name: 'Kilimanjaro',
    latitude: -3.0674,
    longitude: 37.3556,
    countryCode: 'TZ',
    kind: 'snow-capped volcano',
    facts: [
      {
        text: 'At {height} it is the highest point in Africa.',
        interests: ['nature', 'geography'],
        measures: { height: meters(5895) },
        source: 'https://whc.unesco.org/en/list/403',
      },
    ],
  },
  {
    id: 'robben-island',
    name: 'Robben Island',
    latitude: -33.8067,
    longitude: 18.3662,
    countryCode: 'ZA',
    kind: 'former prison island',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1999.',
        interests: ['history', 'people'],
        source: 'https://whc.unesco.org/en/list/916',
      },
    ],
  },
  {
    id: 'great-zimbabwe',
    name: 'Great Zimbabwe',
    latitude: -20.2675,
    longitude: 30.9333,
    countryCode: 'ZW',
    kind: 'ruined stone city',
    facts: [
      {
        text: 'It was a capital between the 11th and the 15th century.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/364',
      },
    ],
  },
  {
    id: 'lalibela',
    name: 'churches of Lalibela',
    article: 'the',
    plural: true,
    latitude: 12.0317,
    longitude: 39.0411,
    countryCode: 'ET',
    kind: 'group of churches cut from rock',
    facts: [
      {
        text: 'There are 11 of them, and they are medieval.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/18',
      },
    ],
  },
  {
    id: 'timbuktu',
    name: 'old town of Timbuktu',
    article: 'the',
    latitude: 16.7735,
    longitude: -3.0074,
    countryCode: 'ML',
    kind: 'town of three great mosques',
    facts: [
      {
        text: 'It was a seat of learning in the 15th and 16th centuries.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/119',
      },
    ],
  },
  {
    id: 'goree',
    name: 'Gorée',
    latitude: 14.6673,
    longitude: -17.3984,
    countryCode: 'SN',
    kind: 'island',
    facts: [
      {
        text: 'It was a center of the slave trade from the 15th to the 19th century.',
        interests: ['history', 'people'],
        source: 'https://whc.unesco.org/en/list/26',
      },
    ],
  },
  {
    id: 'leptis-magna',
    name: 'Leptis Magna',
    latitude: 32.6383,
    longitude: 14.2906,
    countryCode: 'LY',
    kind: 'Roman city',
    facts: [
      {
        text: 'Septimius Severus, who became emperor, was born there.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/183',
      },
    ],
  },
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
