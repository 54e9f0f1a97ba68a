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
  {
    id: 'monte-alban',
    name: 'Monte Albán',
    latitude: 17.0436,
    longitude: -96.7678,
    countryCode: 'MX',
    regionCode: '20',
    kind: 'ruined city on a leveled mountain',
    facts: [
      {
        text: 'Olmecs, Zapotecs and Mixtecs lived there, one after the other, for 1,500 years.',
        interests: ['history', 'architecture', 'culture'],
        source: 'https://whc.unesco.org/en/list/415',
      },
    ],
  },
  {
    id: 'templo-mayor',
    name: 'Templo Mayor',
    article: 'the',
    latitude: 19.4352,
    longitude: -99.1314,
    countryCode: 'MX',
    regionCode: '09',
    kind: 'ruin of an Aztec pyramid',
    facts: [
      {
        text: 'It was the main temple of Tenochtitlan, on which Mexico City was built.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/412',
      },
    ],
  },
  {
    id: 'xochimilco',
    name: 'Xochimilco',
    latitude: 19.257,
    longitude: -99.103,
    countryCode: 'MX',
    regionCode: '09',
    kind: 'maze of canals and garden islands',
    facts: [
      {
        text: 'Vegetables and flowers still grow on the islands, as in the time of the Aztecs.',
        interests: ['culture', 'nature', 'people'],
        source: 'https://whc.unesco.org/en/list/412',
      },
    ],
  },
  {
    id: 'uxmal',
    name: 'Uxmal',
    latitude: 20.3597,
    longitude: -89.7714,
    countryCode: 'MX',
    regionCode: '31',
    kind: 'ruined Maya city',
    facts: [
      {
        text: 'The Pyramid of the Soothsayer rises above it.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/791',
      },
    ],
  },
  {
    id: 'el-tajin',
    name: 'El Tajín',
    latitude: 20.4481,
    longitude: -97.3783,
    countryCode: 'MX',
    regionCode: '30',
    kind: 'ruined city in the forest',
    facts: [
      {
        text: 'The Pyramid of the Niches is its best known building.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/631',
      },
    ],
  },
  {
    id: 'tequila',
    name: 'distilleries of Tequila',
    article: 'the',
    plural: true,
    latitude: 20.8826,
    longitude: -103.8368,
    countryCode: 'MX',
    regionCode: '14',
    kind: 'group of old spirit works',
    facts: [
      {
        text: 'Together with the fields of blue agave around them they became a World Heritage Site in 2006.',
        interests: ['culture', 'people'],
        source: 'https://whc.unesco.org/en/list/1209',
      },
    ],
  },
  {
    id: 'hospicio-cabanas',
    name: 'Hospicio Cabañas',
    article: 'the',
    latitude: 20.6769,
    longitude: -103.3372,
    countryCode: 'MX',
    regionCode: '14',
    kind: 'former home for orphans and the poor',
    facts: [
      {
        text: 'José Clemente Orozco painted murals in its chapel.',
        interests: ['culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/815',
      },
    ],
  },
  {
    id: 'joya-de-ceren',
    name: 'Joya de Cerén',
    latitude: 13.8275,
    longitude: -89.3561,
    countryCode: 'SV',
    kind: 'buried farming village',
    facts: [
      {
        text: 'A volcano covered it with ash about the year 600.',
        interests: ['history', 'people', 'science'],
        source: 'https://whc.unesco.org/en/list/675',
      },
    ],
  },
  {
    id: 'citadelle',
    name: 'Citadelle',
    article: 'the',
    latitude: 19.5736,
    longitude: -72.2444,
    countryCode: 'HT',
    kind: 'mountain fortress',
    facts: [
      {
        text: 'Haiti built it at the beginning of the 19th century, after it had won independence.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/180',
      },
    ],
  },
  {
    id: 'bob-marley-museum',
    name: 'Bob Marley Museum',
    article: 'the',
    latitude: 18.0203,
    longitude: -76.7798,
    countryCode: 'JM',
    kind: 'house of a musician',
    facts: [
      {
        text: 'Bob Marley lived in it and recorded there.',
        interests: ['culture', 'people'],
        source: 'https://www.bobmarleymuseum.com/',
      },
    ],
  },
];
