import { feet, type Landmark } from './landmark.ts';

/** The Rocky Mountains and the Great Basin. */
export const usMountains: readonly Landmark[] = [
  {
    id: 'old-faithful',
    name: 'Old Faithful',
    latitude: 44.4605,
    longitude: -110.8281,
    countryCode: 'US',
    regionCode: 'WY',
    kind: 'geyser',
    facts: [
      {
        text: 'It stands in Yellowstone, the first national park in the world, which dates from 1872.',
        interests: ['nature', 'science', 'history'],
        source: 'https://www.nps.gov/yell/index.htm',
      },
    ],
  },
  {
    id: 'grand-teton',
    name: 'Grand Teton',
    latitude: 43.7412,
    longitude: -110.8024,
    countryCode: 'US',
    regionCode: 'WY',
    kind: 'mountain',
    facts: [
      {
        text: 'It rises {height} above the sea.',
        interests: ['nature', 'geography'],
        measures: { height: feet(13770) },
        source: 'https://www.nps.gov/grte/index.htm',
      },
      {
        text: 'The national park named after it dates from 1929.',
        interests: ['history', 'nature'],
        source: 'https://www.nps.gov/grte/index.htm',
      },
    ],
  },
  {
    id: 'devils-tower',
    name: 'Devils Tower',
    latitude: 44.5902,
    longitude: -104.7146,
    countryCode: 'US',
    regionCode: 'WY',
    kind: 'column of rock',
    facts: [
      {
        text: 'Theodore Roosevelt made it the first national monument, in 1906.',
        interests: ['history', 'nature'],
        source: 'https://www.nps.gov/deto/index.htm',
      },
      {
        text: 'From its base it stands {height} tall.',
        interests: ['nature', 'science'],
        measures: { height: feet(867) },
        source: 'https://www.nps.gov/deto/index.htm',
      },
    ],
  },
  {
    id: 'little-bighorn',
    name: 'Little Bighorn Battlefield',
    latitude: 45.5705,
    longitude: -107.4275,
    countryCode: 'US',
    regionCode: 'MT',
    kind: 'battlefield',
    facts: [
      {
        text: 'The battle was fought on June 25 and 26, 1876.',
        interests: ['history'],
        source: 'https://www.nps.gov/libi/index.htm',
      },
    ],
  },
  {
    id: 'logan-pass',
    name: 'Logan Pass',
    latitude: 48.6966,
    longitude: -113.7182,
    countryCode: 'US',
    regionCode: 'MT',
    kind: 'mountain pass',
    facts: [
      {
        text: 'It lies in Glacier National Park, which dates from 1910.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/glac/index.htm',
      },
    ],
  },
  {
    id: 'craters-of-the-moon',
    name: 'Craters of the Moon',
    latitude: 43.416,
    longitude: -113.517,
    countryCode: 'US',
    regionCode: 'ID',
    kind: 'lava field',
    facts: [
      {
        text: 'Apollo astronauts came there in 1969 to study its rocks.',
        interests: ['science', 'nature', 'history'],
        source: 'https://www.nps.gov/crmo/index.htm',
      },
    ],
  },
  {
    id: 'hoover-dam',
    name: 'Hoover Dam',
    latitude: 36.0161,
    longitude: -114.7377,
    countryCode: 'US',
    regionCode: 'NV',
    kind: 'concrete dam',
    facts: [
      {
        text: 'Franklin Roosevelt dedicated it in 1935.',
        interests: ['history', 'architecture'],
        source: 'https://www.usbr.gov/lc/hooverdam/',
      },
      {
        text: 'It is {height} high.',
        interests: ['architecture', 'science'],
        measures: { height: feet(726) },
        source: 'https://www.usbr.gov/lc/hooverdam/',
      },
    ],
  },
  {
    id: 'great-basin-park',
    name: 'Great Basin National Park',
    latitude: 38.983,
    longitude: -114.3,
    countryCode: 'US',
    regionCode: 'NV',
    kind: 'high desert park',
    facts: [
      {
        text: 'Bristlecone pines grow there, and they are among the oldest living trees.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/grba/index.htm',
      },
      {
        text: 'It became a national park in 1986.',
        interests: ['history'],
        source: 'https://www.nps.gov/grba/index.htm',
      },
    ],
  },
  {
    id: 'arches',
    name: 'Arches National Park',
    latitude: 38.7331,
    longitude: -109.5925,
    countryCode: 'US',
    regionCode: 'UT',
    kind: 'park of red rock',
    facts: [
      {
        text: 'It holds more than 2,000 natural stone arches.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/arch/index.htm',
      },
    ],
  },
  {
    id: 'zion',
    name: 'Zion Canyon',
    latitude: 37.2982,
    longitude: -113.0263,
    countryCode: 'US',
    regionCode: 'UT',
    kind: 'sandstone canyon',
    facts: [
      {
        text: 'Zion is the oldest national park in Utah.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/zion/index.htm',
      },
    ],
  },
  {
    id: 'bryce-canyon',
    name: 'Bryce Canyon',
    latitude: 37.593,
    longitude: -112.1871,
    countryCode: 'US',
    regionCode: 'UT',
    kind: 'amphitheater of rock spires',
    facts: [
      {
        text: 'Nowhere on Earth do more of the spires called hoodoos stand together.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/brca/index.htm',
      },
    ],
  },
  {
    id: 'promontory-summit',
    name: 'Promontory Summit',
    latitude: 41.6179,
    longitude: -112.5516,
    countryCode: 'US',
    regionCode: 'UT',
    kind: 'railroad site',
    facts: [
      {
        text: 'The rails of the first transcontinental railroad met there on May 10, 1869.',
        interests: ['history'],
        source: 'https://www.nps.gov/gosp/index.htm',
      },
    ],
  },
  {
    id: 'rainbow-bridge',
    name: 'Rainbow Bridge',
    latitude: 37.0775,
    longitude: -110.9642,
    countryCode: 'US',
    regionCode: 'UT',
    kind: 'natural stone bridge',
    facts: [
      {
        text: 'It is one of the largest known natural bridges in the world.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/rabr/index.htm',
      },
    ],
  },
  {
    id: 'dinosaur-quarry',
    name: 'Dinosaur National Monument',
    latitude: 40.4408,
    longitude: -109.3014,
    countryCode: 'US',
    regionCode: 'UT',
    kind: 'fossil quarry',
    facts: [
      {
        text: 'About 1,500 dinosaur bones can be seen in one wall of rock.',
        interests: ['science', 'nature'],
        source: 'https://www.nps.gov/dino/index.htm',
      },
    ],
  },
  {
    id: 'mesa-verde',
    name: 'Mesa Verde',
    latitude: 37.1838,
    longitude: -108.4887,
    countryCode: 'US',
    regionCode: 'CO',
    kind: 'plateau of cliff dwellings',
    facts: [
      {
        text: 'Ancestral Pueblo people lived there for more than 700 years.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://www.nps.gov/meve/index.htm',
      },
      {
        text: 'It became a national park in 1906.',
        interests: ['history'],
        source: 'https://www.nps.gov/meve/index.htm',
      },
    ],
  },
  {
    id: 'great-sand-dunes',
    name: 'Great Sand Dunes',
    article: 'the',
    plural: true,
    latitude: 37.7486,
    longitude: -105.5555,
    countryCode: 'US',
    regionCode: 'CO',
    kind: 'sea of sand',
    facts: [
      {
        text: 'They are the tallest dunes in North America.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/grsa/index.htm',
      },
    ],
  },
  {
    id: 'rocky-mountain-park',
    name: 'Rocky Mountain National Park',
    latitude: 40.3428,
    longitude: -105.6836,
    countryCode: 'US',
    regionCode: 'CO',
    kind: 'mountain park',
    facts: [
      {
        text: 'It was set aside in 1915.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/romo/index.htm',
      },
    ],
  },
];
