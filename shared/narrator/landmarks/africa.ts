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
  {
    id: 'jemaa-el-fna',
    name: 'Jemaa el-Fna',
    latitude: 31.6258,
    longitude: -7.9892,
    countryCode: 'MA',
    kind: 'square of food stalls and storytellers',
    facts: [
      {
        text: 'The old town around it was founded in the 11th century.',
        interests: ['culture', 'people', 'history'],
        source: 'https://whc.unesco.org/en/list/331',
      },
    ],
  },
  {
    id: 'volubilis',
    name: 'Volubilis',
    latitude: 34.0722,
    longitude: -5.5547,
    countryCode: 'MA',
    kind: 'ruined Roman city',
    facts: [
      {
        text: 'It was founded in the 3rd century BC, and it became an outpost of the Roman Empire.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/836',
      },
    ],
  },
  {
    id: 'timgad',
    name: 'Timgad',
    latitude: 35.4842,
    longitude: 6.4681,
    countryCode: 'DZ',
    kind: 'Roman town laid out in a square',
    facts: [
      {
        text: 'The emperor Trajan founded it in the year 100.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/194',
      },
    ],
  },
  {
    id: 'carthage',
    name: 'Carthage',
    latitude: 36.8528,
    longitude: 10.3233,
    countryCode: 'TN',
    kind: 'ruined seaport',
    facts: [
      {
        text: 'It was founded in the 9th century BC, and Rome fought it and destroyed it.',
        interests: ['history'],
        source: 'https://whc.unesco.org/en/list/37',
      },
    ],
  },
  {
    id: 'el-jem',
    name: 'Amphitheater of El Jem',
    article: 'the',
    latitude: 35.2964,
    longitude: 10.7069,
    countryCode: 'TN',
    kind: 'Roman arena',
    facts: [
      {
        text: 'It could hold up to 35,000 people.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/38',
      },
    ],
  },
  {
    id: 'karnak',
    name: 'Karnak',
    latitude: 25.7188,
    longitude: 32.6573,
    countryCode: 'EG',
    kind: 'temple of columns',
    facts: [
      {
        text: 'It belonged to Thebes, the city of the god Amun.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/87',
      },
    ],
  },
  {
    id: 'abu-simbel',
    name: 'temples of Abu Simbel',
    article: 'the',
    plural: true,
    latitude: 22.3372,
    longitude: 31.6258,
    countryCode: 'EG',
    kind: 'pair of temples of Ramses',
    facts: [
      {
        text: 'They were saved from the rising waters of the Nile.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/88',
      },
    ],
  },
  {
    id: 'aksum',
    name: 'obelisks of Aksum',
    article: 'the',
    plural: true,
    latitude: 14.1322,
    longitude: 38.7197,
    countryCode: 'ET',
    kind: 'group of carved standing stones',
    facts: [
      {
        text: 'The kingdom of Aksum, a power between Rome and Persia, raised them.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/15',
      },
    ],
  },
  {
    id: 'lamu',
    name: 'old town of Lamu',
    article: 'the',
    latitude: -2.2696,
    longitude: 40.9022,
    countryCode: 'KE',
    kind: 'stone seaport on an island',
    facts: [
      {
        text: 'No Swahili settlement in East Africa is older and better preserved.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/1055',
      },
    ],
  },
  {
    id: 'stone-town',
    name: 'Stone Town',
    latitude: -6.1622,
    longitude: 39.1877,
    countryCode: 'TZ',
    kind: 'Swahili port on Zanzibar',
    facts: [
      {
        text: 'It traded across the Indian Ocean, and its houses mix the styles of Africa, Arabia, India and Europe.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/173',
      },
    ],
  },
  {
    id: 'elmina',
    name: 'Elmina Castle',
    latitude: 5.0826,
    longitude: -1.3482,
    countryCode: 'GH',
    kind: 'coastal fort',
    facts: [
      {
        text: 'The Portuguese built it in 1482.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/34',
      },
    ],
  },
  {
    id: 'djenne',
    name: 'old town of Djenné',
    article: 'the',
    latitude: 13.9054,
    longitude: -4.5553,
    countryCode: 'ML',
    kind: 'quarter of mud brick',
    facts: [
      {
        text: 'People have lived there since 250 BC.',
        interests: ['history', 'architecture', 'people'],
        source: 'https://whc.unesco.org/en/list/116',
      },
    ],
  },
  {
    id: 'abomey',
    name: 'Royal Palaces of Abomey',
    article: 'the',
    plural: true,
    latitude: 7.1856,
    longitude: 1.9914,
    countryCode: 'BJ',
    kind: 'seat of the kings of Dahomey',
    facts: [
      {
        text: 'Twelve kings followed one another there from 1625 to 1900.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/323',
      },
    ],
  },
  {
    id: 'osun-grove',
    name: 'Osun Sacred Grove',
    article: 'the',
    latitude: 7.7556,
    longitude: 4.5522,
    countryCode: 'NG',
    kind: 'forest of shrines on a river',
    facts: [
      {
        text: 'It is held to be the home of Osun, a goddess of the Yoruba.',
        interests: ['culture', 'nature'],
        source: 'https://whc.unesco.org/en/list/1118',
      },
    ],
  },
  {
    id: 'table-mountain',
    name: 'Table Mountain',
    latitude: -33.9628,
    longitude: 18.4098,
    countryCode: 'ZA',
    kind: 'flat summit above Cape Town',
    facts: [
      {
        text: 'It is part of the Cape Floral Region, a World Heritage Site since 2004.',
        interests: ['nature', 'geography'],
        source: 'https://whc.unesco.org/en/list/1007',
      },
    ],
  },
  {
    id: 'sterkfontein',
    name: 'Sterkfontein Caves',
    article: 'the',
    plural: true,
    latitude: -26.0161,
    longitude: 27.7342,
    countryCode: 'ZA',
    kind: 'site of early human fossils',
    facts: [
      {
        text: 'They belong to a World Heritage Site of 1999 that tells how humans came to be.',
        interests: ['science', 'history'],
        source: 'https://whc.unesco.org/en/list/915',
      },
    ],
  },
  {
    id: 'le-morne',
    name: 'Le Morne',
    latitude: -20.4519,
    longitude: 57.3283,
    countryCode: 'MU',
    kind: 'rock above the sea',
    facts: [
      {
        text: 'People who had escaped slavery hid on it in the 18th and early 19th centuries.',
        interests: ['history', 'nature', 'people'],
        source: 'https://whc.unesco.org/en/list/1259',
      },
    ],
  },
];
