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
  {
    id: 'christ-the-redeemer',
    name: 'Christ the Redeemer',
    latitude: -22.9519,
    longitude: -43.2105,
    countryCode: 'BR',
    kind: 'statue on a peak',
    facts: [
      {
        text: 'It was finished in 1931.',
        interests: ['culture', 'architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/1100',
      },
    ],
  },
  {
    id: 'ouro-preto',
    name: 'Ouro Preto',
    latitude: -20.3856,
    longitude: -43.5036,
    countryCode: 'BR',
    kind: 'town of churches',
    facts: [
      {
        text: 'It grew rich in the gold rush of the 18th century.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/124',
      },
    ],
  },
  {
    id: 'pelourinho',
    name: 'Pelourinho',
    article: 'the',
    latitude: -12.9718,
    longitude: -38.5085,
    countryCode: 'BR',
    kind: 'quarter of colorful houses',
    facts: [
      {
        text: 'It lies in old Salvador, which was the first capital of Brazil, from 1549 to 1763.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/309',
      },
    ],
  },
  {
    id: 'cartagena-fort',
    name: 'San Felipe Fortress',
    article: 'the',
    latitude: 10.4225,
    longitude: -75.5392,
    countryCode: 'CO',
    kind: 'stronghold of the Spanish',
    facts: [
      {
        text: 'It is part of the fortifications of Cartagena, the most extensive in South America.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/285',
      },
    ],
  },
  {
    id: 'san-agustin',
    name: 'San Agustín Archaeological Park',
    article: 'the',
    latitude: 1.8872,
    longitude: -76.2953,
    countryCode: 'CO',
    kind: 'field of stone gods and beasts',
    facts: [
      {
        text: 'Its statues were carved by a people that flourished from the 1st to the 8th century.',
        interests: ['history', 'culture'],
        source: 'https://whc.unesco.org/en/list/744',
      },
    ],
  },
  {
    id: 'salento',
    name: 'Salento',
    latitude: 4.6377,
    longitude: -75.5703,
    countryCode: 'CO',
    kind: 'town among coffee farms',
    facts: [
      {
        text: 'It lies in the coffee landscape of Colombia, a World Heritage Site since 2011.',
        interests: ['culture', 'people'],
        source: 'https://whc.unesco.org/en/list/1121',
      },
    ],
  },
  {
    id: 'quito-san-francisco',
    name: 'Church of San Francisco',
    article: 'the',
    latitude: -0.2203,
    longitude: -78.5156,
    countryCode: 'EC',
    kind: 'monastery of the 16th century',
    facts: [
      {
        text: 'The old town of Quito around it was among the first World Heritage Sites, in 1978.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/2',
      },
    ],
  },
  {
    id: 'chan-chan',
    name: 'Chan Chan',
    latitude: -8.1058,
    longitude: -79.0747,
    countryCode: 'PE',
    kind: 'ruined city of mud brick',
    facts: [
      {
        text: 'It was the capital of the Chimú, whom the Incas conquered in the 15th century.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/366',
      },
    ],
  },
  {
    id: 'caral',
    name: 'Caral',
    latitude: -10.8936,
    longitude: -77.5203,
    countryCode: 'PE',
    kind: 'ruined city of pyramids',
    facts: [
      {
        text: 'It is 5,000 years old.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/1269',
      },
    ],
  },
  {
    id: 'tiwanaku',
    name: 'Tiwanaku',
    latitude: -16.5547,
    longitude: -68.6736,
    countryCode: 'BO',
    kind: 'ruined city near Lake Titicaca',
    facts: [
      {
        text: 'It was the capital of a power that ruled a large part of the southern Andes before the Incas.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/567',
      },
    ],
  },
  {
    id: 'valparaiso',
    name: 'Concepción quarter of Valparaíso',
    article: 'the',
    latitude: -33.0422,
    longitude: -71.6265,
    countryCode: 'CL',
    kind: 'hillside of old houses',
    facts: [
      {
        text: 'The historic quarter of the seaport became a World Heritage Site in 2003.',
        interests: ['architecture', 'history', 'culture'],
        source: 'https://whc.unesco.org/en/list/959',
      },
    ],
  },
  {
    id: 'humberstone',
    name: 'Humberstone',
    latitude: -20.2086,
    longitude: -69.795,
    countryCode: 'CL',
    kind: 'abandoned saltpeter town',
    facts: [
      {
        text: 'Workers from Chile, Peru and Bolivia lived in its company town in the desert.',
        interests: ['history', 'people'],
        source: 'https://whc.unesco.org/en/list/1178',
      },
    ],
  },
  {
    id: 'teatro-colon',
    name: 'Teatro Colón',
    article: 'the',
    latitude: -34.6011,
    longitude: -58.3831,
    countryCode: 'AR',
    kind: 'opera house',
    facts: [
      {
        text: 'It opened on May 25, 1908.',
        interests: ['culture', 'architecture'],
        source: 'https://teatrocolon.org.ar/',
      },
    ],
  },
  {
    id: 'colonia-del-sacramento',
    name: 'Colonia del Sacramento',
    latitude: -34.4711,
    longitude: -57.8514,
    countryCode: 'UY',
    kind: 'old town on the Río de la Plata',
    facts: [
      {
        text: 'The Portuguese founded it in 1680.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/747',
      },
    ],
  },
  {
    id: 'fray-bentos',
    name: 'Anglo meat works of Fray Bentos',
    article: 'the',
    latitude: -33.1178,
    longitude: -58.3317,
    countryCode: 'UY',
    kind: 'factory town on the Uruguay River',
    facts: [
      {
        text: 'It sent meat extract and corned beef to Europe.',
        interests: ['history', 'people'],
        source: 'https://whc.unesco.org/en/list/1464',
      },
    ],
  },
  {
    id: 'trinidad-mission',
    name: 'ruins of Trinidad',
    article: 'the',
    plural: true,
    latitude: -27.1317,
    longitude: -55.7022,
    countryCode: 'PY',
    kind: 'Jesuit mission of red stone',
    facts: [
      {
        text: 'Jesuits came to the land of the Guaraní in the 17th and 18th centuries and built the mission.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/648',
      },
    ],
  },
  {
    id: 'paramaribo',
    name: 'old town of Paramaribo',
    article: 'the',
    latitude: 5.8264,
    longitude: -55.152,
    countryCode: 'SR',
    kind: 'grid of wooden houses',
    facts: [
      {
        text: 'The Dutch laid it out in the 17th and 18th centuries.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/940',
      },
    ],
  },
];
