import { type Landmark, meters } from './landmark.ts';

/** Africa. */
export const africa: readonly Landmark[] = [
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
];
