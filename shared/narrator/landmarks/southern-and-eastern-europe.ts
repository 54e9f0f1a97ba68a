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
  {
    id: 'belem-tower',
    name: 'Tower of Belém',
    article: 'the',
    latitude: 38.6916,
    longitude: -9.216,
    countryCode: 'PT',
    kind: 'riverside fort',
    facts: [
      {
        text: 'It recalls the voyage of Vasco da Gama.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/263',
      },
    ],
  },
  {
    id: 'santiago-cathedral',
    name: 'Cathedral of Santiago',
    article: 'the',
    latitude: 42.8806,
    longitude: -8.5446,
    countryCode: 'ES',
    kind: 'goal of pilgrims',
    facts: [
      {
        text: 'The routes of the pilgrims to Saint James end there.',
        interests: ['culture', 'history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/347',
      },
    ],
  },
  {
    id: 'boqueria',
    name: 'Boqueria',
    article: 'the',
    latitude: 41.3817,
    longitude: 2.1716,
    countryCode: 'ES',
    kind: 'food market off the Rambla',
    facts: [
      {
        text: 'Building of the market began in 1840.',
        interests: ['people', 'culture'],
        source: 'https://www.boqueria.barcelona/',
      },
    ],
  },
  {
    id: 'la-scala',
    name: 'La Scala',
    latitude: 45.4674,
    longitude: 9.1896,
    countryCode: 'IT',
    kind: 'opera house',
    facts: [
      {
        text: 'It opened on August 3, 1778.',
        interests: ['culture', 'architecture', 'history'],
        source: 'https://www.teatroallascala.org/en/',
      },
    ],
  },
  {
    id: 'leaning-tower',
    name: 'Leaning Tower of Pisa',
    article: 'the',
    latitude: 43.723,
    longitude: 10.3966,
    countryCode: 'IT',
    kind: 'bell tower',
    facts: [
      {
        text: 'The square around it has been a World Heritage Site since 1987.',
        interests: ['architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/395',
      },
    ],
  },
  {
    id: 'saint-marks-square',
    name: 'Saint Mark’s Square',
    latitude: 45.4341,
    longitude: 12.3388,
    countryCode: 'IT',
    kind: 'heart of Venice',
    facts: [
      {
        text: 'The city around it spreads over 118 small islands.',
        interests: ['geography', 'architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/394',
      },
    ],
  },
  {
    id: 'ggantija',
    name: 'temples of Ġgantija',
    article: 'the',
    plural: true,
    latitude: 36.0473,
    longitude: 14.269,
    countryCode: 'MT',
    kind: 'pair of prehistoric stone buildings',
    facts: [
      {
        text: 'They belong to the Megalithic Temples of Malta, a World Heritage Site.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/132',
      },
    ],
  },
  {
    id: 'delphi',
    name: 'Delphi',
    latitude: 38.4824,
    longitude: 22.501,
    countryCode: 'GR',
    kind: 'ancient sanctuary',
    facts: [
      {
        text: 'The oracle of Apollo spoke there.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/393',
      },
    ],
  },
  {
    id: 'olympia',
    name: 'Olympia',
    latitude: 37.6384,
    longitude: 21.63,
    countryCode: 'GR',
    kind: 'sanctuary of Zeus',
    facts: [
      {
        text: 'The Olympic Games began there in 776 BC.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/517',
      },
    ],
  },
  {
    id: 'ephesus',
    name: 'Ephesus',
    latitude: 37.9397,
    longitude: 27.3411,
    countryCode: 'TR',
    kind: 'ruined harbor city',
    facts: [
      {
        text: 'The Temple of Artemis there was one of the Seven Wonders of the World.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/1018',
      },
    ],
  },
  {
    id: 'dubrovnik',
    name: 'old town of Dubrovnik',
    article: 'the',
    latitude: 42.6403,
    longitude: 18.1083,
    countryCode: 'HR',
    kind: 'walled seaport',
    facts: [
      {
        text: 'It was a power of the Mediterranean from the 13th century on.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/95',
      },
    ],
  },
  {
    id: 'plitvice',
    name: 'Plitvice Lakes',
    article: 'the',
    plural: true,
    latitude: 44.8805,
    longitude: 15.616,
    countryCode: 'HR',
    kind: 'chain of pools and waterfalls',
    facts: [
      {
        text: 'Water built the barriers between them from lime.',
        interests: ['nature', 'science'],
        source: 'https://whc.unesco.org/en/list/98',
      },
    ],
  },
  {
    id: 'rila-monastery',
    name: 'Rila Monastery',
    article: 'the',
    latitude: 42.1333,
    longitude: 23.3403,
    countryCode: 'BG',
    kind: 'house of monks in the mountains',
    facts: [
      {
        text: 'Saint John of Rila founded it in the 10th century.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/216',
      },
    ],
  },
  {
    id: 'charles-bridge',
    name: 'Charles Bridge',
    article: 'the',
    latitude: 50.0865,
    longitude: 14.4114,
    countryCode: 'CZ',
    kind: 'stone bridge lined with saints',
    facts: [
      {
        text: 'It has stood since the Middle Ages in the heart of Prague, a World Heritage Site since 1992.',
        interests: ['architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/616',
      },
    ],
  },
  {
    id: 'wieliczka',
    name: 'Wieliczka Salt Mine',
    article: 'the',
    latitude: 49.9833,
    longitude: 20.0556,
    countryCode: 'PL',
    kind: 'underground maze with chapels of salt',
    facts: [
      {
        text: 'Salt has been dug there since the 13th century.',
        interests: ['history', 'science'],
        source: 'https://whc.unesco.org/en/list/32',
      },
    ],
  },
  {
    id: 'budapest-parliament',
    name: 'Parliament of Hungary',
    article: 'the',
    latitude: 47.5071,
    longitude: 19.0457,
    countryCode: 'HU',
    kind: 'palace of government on the Danube',
    facts: [
      {
        text: 'The banks of the river in Budapest have been a World Heritage Site since 1987.',
        interests: ['architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/400',
      },
    ],
  },
  {
    id: 'saint-sophia-kyiv',
    name: 'Saint Sophia',
    latitude: 50.4529,
    longitude: 30.5143,
    countryCode: 'UA',
    kind: 'cathedral of the 11th century',
    facts: [
      {
        text: 'It was built to rival Hagia Sophia in Constantinople.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/527',
      },
    ],
  },
  {
    id: 'gobekli-tepe',
    name: 'Göbekli Tepe',
    latitude: 37.2233,
    longitude: 38.9224,
    countryCode: 'TR',
    kind: 'hill of carved pillars',
    facts: [
      {
        text: 'Hunters and gatherers raised them between 9600 and 8200 BC.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/1572',
      },
    ],
  },
];
