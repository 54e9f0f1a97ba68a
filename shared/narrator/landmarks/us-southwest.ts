import { feet, type Landmark, meters, miles } from './landmark.ts';

/** The American Southwest, from Arizona to Texas. */
export const usSouthwest: readonly Landmark[] = [
  {
    id: 'grand-canyon',
    name: 'Grand Canyon',
    article: 'the',
    latitude: 36.0579,
    longitude: -112.1438,
    countryCode: 'US',
    regionCode: 'AZ',
    kind: 'canyon',
    facts: [
      {
        text: 'The canyon runs for {length} of river.',
        interests: ['nature', 'geography', 'science'],
        measures: { length: miles(277) },
        source: 'https://www.nps.gov/grca/index.htm',
      },
      {
        text: 'It has been a national park since 1919.',
        interests: ['history', 'nature'],
        source: 'https://www.nps.gov/grca/index.htm',
      },
    ],
  },
  {
    id: 'meteor-crater',
    name: 'Meteor Crater',
    latitude: 35.0275,
    longitude: -111.0225,
    countryCode: 'US',
    regionCode: 'AZ',
    kind: 'impact crater',
    facts: [
      {
        text: 'It was made in a moment, about 50,000 years ago.',
        interests: ['science', 'nature'],
        source: 'https://meteorcrater.com/',
      },
    ],
  },
  {
    id: 'lowell-observatory',
    name: 'Lowell Observatory',
    latitude: 35.2029,
    longitude: -111.6646,
    countryCode: 'US',
    regionCode: 'AZ',
    kind: 'observatory',
    facts: [
      {
        text: 'Clyde Tombaugh discovered Pluto there in 1930.',
        interests: ['science', 'astronomy', 'history'],
        source: 'https://lowell.edu/',
      },
    ],
  },
  {
    id: 'petrified-forest',
    name: 'Petrified Forest National Park',
    latitude: 35.065,
    longitude: -109.7807,
    countryCode: 'US',
    regionCode: 'AZ',
    kind: 'park of stone logs',
    facts: [
      {
        text: 'Its logs turned to stone more than 200 million years ago.',
        interests: ['science', 'nature'],
        source: 'https://www.nps.gov/pefo/index.htm',
      },
    ],
  },
  {
    id: 'canyon-de-chelly',
    name: 'Canyon de Chelly',
    latitude: 36.1336,
    longitude: -109.4694,
    countryCode: 'US',
    regionCode: 'AZ',
    kind: 'red rock canyon',
    facts: [
      {
        text: 'People have lived there for nearly 5,000 years.',
        interests: ['history', 'culture', 'people'],
        source: 'https://www.nps.gov/cach/index.htm',
      },
    ],
  },
  {
    id: 'chaco-canyon',
    name: 'Chaco Canyon',
    latitude: 36.0604,
    longitude: -107.9614,
    countryCode: 'US',
    regionCode: 'NM',
    kind: 'canyon of great houses',
    facts: [
      {
        text: 'It was a center of the Ancestral Pueblo world between about 850 and 1250.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/353',
      },
    ],
  },
  {
    id: 'white-sands',
    name: 'White Sands',
    latitude: 32.7872,
    longitude: -106.3257,
    countryCode: 'US',
    regionCode: 'NM',
    kind: 'field of white dunes',
    facts: [
      {
        text: 'It is the largest field of gypsum dunes in the world.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/whsa/index.htm',
      },
    ],
  },
  {
    id: 'carlsbad-caverns',
    name: 'Carlsbad Caverns',
    latitude: 32.1479,
    longitude: -104.5567,
    countryCode: 'US',
    regionCode: 'NM',
    kind: 'cave park',
    facts: [
      {
        text: 'More than 119 caves lie under the park.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/cave/index.htm',
      },
    ],
  },
  {
    id: 'trinity-site',
    name: 'Trinity Site',
    latitude: 33.6773,
    longitude: -106.4754,
    countryCode: 'US',
    regionCode: 'NM',
    kind: 'test site',
    facts: [
      {
        text: 'The first atomic bomb was set off there on July 16, 1945.',
        interests: ['history', 'science'],
        source: 'https://www.nps.gov/whsa/learn/historyculture/trinity-site.htm',
      },
    ],
  },
  {
    id: 'taos-pueblo',
    name: 'Taos Pueblo',
    latitude: 36.4384,
    longitude: -105.544,
    countryCode: 'US',
    regionCode: 'NM',
    kind: 'adobe settlement',
    facts: [
      {
        text: 'It has been a World Heritage Site since 1992.',
        interests: ['culture', 'history', 'architecture', 'people'],
        source: 'https://whc.unesco.org/en/list/492',
      },
    ],
  },
  {
    id: 'very-large-array',
    name: 'Very Large Array',
    article: 'the',
    latitude: 34.0784,
    longitude: -107.6184,
    countryCode: 'US',
    regionCode: 'NM',
    kind: 'radio telescope',
    facts: [
      {
        text: 'Its 27 working dishes are each {width} across.',
        interests: ['science', 'astronomy'],
        measures: { width: meters(25) },
        source: 'https://public.nrao.edu/telescopes/vla/',
      },
    ],
  },
  {
    id: 'the-alamo',
    name: 'Alamo',
    article: 'the',
    latitude: 29.426,
    longitude: -98.4861,
    countryCode: 'US',
    regionCode: 'TX',
    kind: 'mission church',
    facts: [
      {
        text: 'The battle of 1836 was fought there.',
        interests: ['history'],
        source: 'https://www.thealamo.org/',
      },
      {
        text: 'Together with its sister missions it became a World Heritage Site in 2015.',
        interests: ['culture', 'architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/1466',
      },
    ],
  },
  {
    id: 'mcdonald-observatory',
    name: 'McDonald Observatory',
    latitude: 30.6716,
    longitude: -104.0217,
    countryCode: 'US',
    regionCode: 'TX',
    kind: 'observatory',
    facts: [
      {
        text: 'It was dedicated in 1939.',
        interests: ['astronomy', 'science', 'history'],
        source: 'https://mcdonaldobservatory.org/',
      },
    ],
  },
  {
    id: 'big-bend',
    name: 'Big Bend National Park',
    latitude: 29.25,
    longitude: -103.25,
    countryCode: 'US',
    regionCode: 'TX',
    kind: 'desert park on the Rio Grande',
    facts: [
      {
        text: 'It became a national park in 1944.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/bibe/index.htm',
      },
    ],
  },
  {
    id: 'guadalupe-peak',
    name: 'Guadalupe Peak',
    latitude: 31.8913,
    longitude: -104.8605,
    countryCode: 'US',
    regionCode: 'TX',
    kind: 'desert mountain',
    facts: [
      {
        text: 'At {height} it is the highest point in Texas.',
        interests: ['nature', 'geography'],
        measures: { height: feet(8751) },
        source: 'https://www.nps.gov/gumo/index.htm',
      },
    ],
  },
  {
    id: 'johnson-space-center',
    name: 'Johnson Space Center',
    latitude: 29.5593,
    longitude: -95.09,
    countryCode: 'US',
    regionCode: 'TX',
    kind: 'home of Mission Control',
    facts: [
      {
        text: 'Crewed space flights have been guided from there since 1965.',
        interests: ['science', 'history', 'astronomy'],
        source: 'https://www.nasa.gov/johnson/',
      },
    ],
  },
];
