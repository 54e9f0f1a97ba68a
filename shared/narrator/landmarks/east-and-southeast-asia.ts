import { type Landmark, meters } from './landmark.ts';

/** Asia from China and Japan to Indonesia. */
export const eastAndSoutheastAsia: readonly Landmark[] = [
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
  {
    id: 'forbidden-city',
    name: 'Forbidden City',
    article: 'the',
    latitude: 39.9163,
    longitude: 116.3972,
    countryCode: 'CN',
    kind: 'imperial palace',
    facts: [
      {
        text: 'Emperors of the Ming and Qing dynasties ruled China from it.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/439',
      },
    ],
  },
  {
    id: 'mogao-caves',
    name: 'Mogao Caves',
    article: 'the',
    plural: true,
    latitude: 40.0425,
    longitude: 94.8092,
    countryCode: 'CN',
    kind: 'cliff of painted grottoes',
    facts: [
      {
        text: 'They hold 1,000 years of Buddhist art.',
        interests: ['culture', 'history'],
        source: 'https://whc.unesco.org/en/list/440',
      },
    ],
  },
  {
    id: 'himeji-castle',
    name: 'Himeji Castle',
    latitude: 34.8394,
    longitude: 134.6939,
    countryCode: 'JP',
    kind: 'white wooden fortress',
    facts: [
      {
        text: 'It consists of 83 buildings.',
        interests: ['architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/661',
      },
    ],
  },
  {
    id: 'itsukushima',
    name: 'Itsukushima Shrine',
    article: 'the',
    latitude: 34.296,
    longitude: 132.3199,
    countryCode: 'JP',
    kind: 'temple that stands in the tide',
    facts: [
      {
        text: 'The island it is on has been holy to the Shinto faith since the earliest times.',
        interests: ['culture', 'architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/776',
      },
    ],
  },
  {
    id: 'kinkaku-ji',
    name: 'Kinkaku-ji',
    latitude: 35.0394,
    longitude: 135.7292,
    countryCode: 'JP',
    kind: 'golden temple',
    facts: [
      {
        text: 'It is part of the old capital Kyoto, a World Heritage Site since 1994.',
        interests: ['culture', 'architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/688',
      },
    ],
  },
  {
    id: 'tsukiji-market',
    name: 'Tsukiji Outer Market',
    article: 'the',
    latitude: 35.6654,
    longitude: 139.7707,
    countryCode: 'JP',
    kind: 'maze of seafood stalls',
    facts: [
      {
        text: 'The wholesale market beside it moved to Toyosu in 2018.',
        interests: ['people', 'culture'],
        source: 'https://www.tsukiji.or.jp/english/',
      },
    ],
  },
  {
    id: 'changdeokgung',
    name: 'Changdeokgung',
    latitude: 37.5794,
    longitude: 126.991,
    countryCode: 'KR',
    kind: 'royal palace with a hidden garden',
    facts: [
      {
        text: 'It dates from the early 15th century.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/816',
      },
    ],
  },
  {
    id: 'seokguram',
    name: 'Seokguram Grotto',
    article: 'the',
    latitude: 35.795,
    longitude: 129.349,
    countryCode: 'KR',
    kind: 'shrine above the sea',
    facts: [
      {
        text: 'A great Buddha of the 8th century looks out from it.',
        interests: ['culture', 'history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/736',
      },
    ],
  },
  {
    id: 'hoi-an',
    name: 'old town of Hội An',
    article: 'the',
    latitude: 15.877,
    longitude: 108.326,
    countryCode: 'VN',
    kind: 'trading port',
    facts: [
      {
        text: 'Ships traded there from the 15th to the 19th century.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/948',
      },
    ],
  },
  {
    id: 'luang-prabang',
    name: 'old town of Luang Prabang',
    article: 'the',
    latitude: 19.89,
    longitude: 102.135,
    countryCode: 'LA',
    kind: 'peninsula of monasteries on the Mekong',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1995.',
        interests: ['culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/479',
      },
    ],
  },
  {
    id: 'ayutthaya',
    name: 'Ayutthaya',
    latitude: 14.3568,
    longitude: 100.5583,
    countryCode: 'TH',
    kind: 'ruined royal capital',
    facts: [
      {
        text: 'It was founded about 1350, and the Burmese destroyed it in the 18th century.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/576',
      },
    ],
  },
  {
    id: 'bagan',
    name: 'Bagan',
    latitude: 21.1717,
    longitude: 94.8585,
    countryCode: 'MM',
    kind: 'plain of pagodas',
    facts: [
      {
        text: 'It has been a World Heritage Site since 2019.',
        interests: ['culture', 'architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/1588',
      },
    ],
  },
  {
    id: 'prambanan',
    name: 'Prambanan',
    latitude: -7.752,
    longitude: 110.4915,
    countryCode: 'ID',
    kind: 'temple of Shiva',
    facts: [
      {
        text: 'It was built in the 10th century.',
        interests: ['culture', 'architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/642',
      },
    ],
  },
  {
    id: 'singapore-botanic-gardens',
    name: 'Singapore Botanic Gardens',
    article: 'the',
    plural: true,
    latitude: 1.3138,
    longitude: 103.8159,
    countryCode: 'SG',
    kind: 'park of tropical plants',
    facts: [
      {
        text: 'They were laid out in 1859.',
        interests: ['nature', 'science'],
        source: 'https://whc.unesco.org/en/list/1483',
      },
    ],
  },
];
