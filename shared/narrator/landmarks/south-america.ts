import { type Landmark, meters } from './landmark.ts';

/** South America. */
export const southAmerica: readonly Landmark[] = [
  {
    id: 'machu-picchu',
    name: 'Machu Picchu',
    latitude: -13.1631,
    longitude: -72.545,
    countryCode: 'PE',
    kind: 'Inca city',
    facts: [
      {
        text: 'It stands {height} above the sea, between the Andes and the Amazon.',
        interests: ['history', 'architecture', 'nature'],
        measures: { height: meters(2430) },
        source: 'https://whc.unesco.org/en/list/274',
      },
    ],
  },
  {
    id: 'nazca-lines',
    name: 'Nazca Lines',
    article: 'the',
    plural: true,
    latitude: -14.739,
    longitude: -75.13,
    countryCode: 'PE',
    kind: 'set of drawings in the desert',
    facts: [
      {
        text: 'They were scratched into the ground between 500 BC and AD 500.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/700',
      },
    ],
  },
  {
    id: 'iguazu-falls',
    name: 'Iguazú Falls',
    article: 'the',
    plural: true,
    latitude: -25.6953,
    longitude: -54.4367,
    countryCode: 'AR',
    kind: 'waterfall',
    facts: [
      {
        text: 'They drop about {height}, on the border of Argentina and Brazil.',
        interests: ['nature', 'geography'],
        measures: { height: meters(80) },
        source: 'https://whc.unesco.org/en/list/303',
      },
    ],
  },
  {
    id: 'perito-moreno',
    name: 'Perito Moreno Glacier',
    article: 'the',
    latitude: -50.4957,
    longitude: -73.1377,
    countryCode: 'AR',
    kind: 'glacier',
    facts: [
      {
        text: 'It belongs to Los Glaciares National Park, a World Heritage Site since 1981.',
        interests: ['nature', 'science'],
        source: 'https://whc.unesco.org/en/list/145',
      },
    ],
  },
  {
    id: 'potosi',
    name: 'Cerro Rico',
    latitude: -19.6186,
    longitude: -65.7494,
    countryCode: 'BO',
    kind: 'silver mountain',
    facts: [
      {
        text: 'In the 16th century the city at its foot was known as the largest industrial complex in the world.',
        interests: ['history', 'geography'],
        source: 'https://whc.unesco.org/en/list/420',
      },
    ],
  },
  {
    id: 'brasilia',
    name: 'Plaza of Three Powers',
    article: 'the',
    latitude: -15.8008,
    longitude: -47.861,
    countryCode: 'BR',
    kind: 'heart of a planned capital',
    facts: [
      {
        text: 'Lucio Costa drew the city and Oscar Niemeyer its buildings, from 1956 on.',
        interests: ['architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/445',
      },
    ],
  },
  {
    id: 'paranal-observatory',
    name: 'Paranal Observatory',
    latitude: -24.6272,
    longitude: -70.4042,
    countryCode: 'CL',
    kind: 'observatory in the desert',
    facts: [
      {
        text: 'Its Very Large Telescope has four main mirrors, each {width} across.',
        interests: ['astronomy', 'science'],
        measures: { width: meters(8.2) },
        source: 'https://www.eso.org/public/teles-instr/paranal-observatory/',
      },
    ],
  },
  {
    id: 'rano-raraku',
    name: 'Rano Raraku',
    latitude: -27.122,
    longitude: -109.288,
    countryCode: 'CL',
    kind: 'crater quarry',
    facts: [
      {
        text: 'The stone figures of Rapa Nui, the moai, were carved there.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/715',
      },
    ],
  },
  {
    id: 'angel-falls',
    name: 'Angel Falls',
    latitude: 5.9701,
    longitude: -62.5362,
    countryCode: 'VE',
    kind: 'waterfall',
    facts: [
      {
        text: 'It belongs to Canaima National Park, a World Heritage Site since 1994.',
        interests: ['nature', 'geography'],
        source: 'https://whc.unesco.org/en/list/701',
      },
    ],
  },
  {
    id: 'galapagos',
    name: 'Charles Darwin Research Station',
    article: 'the',
    latitude: -0.7402,
    longitude: -90.304,
    countryCode: 'EC',
    kind: 'research station',
    facts: [
      {
        text: 'The islands around it were among the first sites on the World Heritage List, in 1978.',
        interests: ['science', 'nature', 'history'],
        source: 'https://whc.unesco.org/en/list/1',
      },
    ],
  },
];
