import type { Landmark } from './landmark.ts';

/** The Deep South, from Arkansas to Florida and South Carolina. */
export const usDeepSouth: readonly Landmark[] = [
  {
    id: 'fort-sumter',
    name: 'Fort Sumter',
    latitude: 32.7523,
    longitude: -79.8747,
    countryCode: 'US',
    regionCode: 'SC',
    kind: 'island fort',
    facts: [
      {
        text: 'The first shots of the Civil War were fired at it on April 12, 1861.',
        interests: ['history'],
        source: 'https://www.nps.gov/fosu/index.htm',
      },
    ],
  },
  {
    id: 'king-birth-home',
    name: 'Martin Luther King Birth Home',
    article: 'the',
    latitude: 33.755,
    longitude: -84.3727,
    countryCode: 'US',
    regionCode: 'GA',
    kind: 'house',
    facts: [
      {
        text: 'Martin Luther King was born there on January 15, 1929.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/malu/index.htm',
      },
    ],
  },
  {
    id: 'launch-complex-39a',
    name: 'Launch Complex 39A',
    latitude: 28.6083,
    longitude: -80.6041,
    countryCode: 'US',
    regionCode: 'FL',
    kind: 'launch pad',
    facts: [
      {
        text: 'Apollo 11 left for the Moon from there on July 16, 1969.',
        interests: ['science', 'history', 'astronomy'],
        source: 'https://www.nasa.gov/mission/apollo-11/',
      },
    ],
  },
  {
    id: 'castillo-de-san-marcos',
    name: 'Castillo de San Marcos',
    article: 'the',
    latitude: 29.8978,
    longitude: -81.3115,
    countryCode: 'US',
    regionCode: 'FL',
    kind: 'Spanish fort',
    facts: [
      {
        text: 'Building began in 1672, and it is the oldest masonry fort in the continental United States.',
        interests: ['history', 'architecture'],
        source: 'https://www.nps.gov/casa/index.htm',
      },
    ],
  },
  {
    id: 'everglades',
    name: 'Everglades',
    article: 'the',
    plural: true,
    latitude: 25.32,
    longitude: -80.93,
    countryCode: 'US',
    regionCode: 'FL',
    kind: 'river of grass',
    facts: [
      {
        text: 'They have been a national park since 1947.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/ever/index.htm',
      },
    ],
  },
  {
    id: 'edmund-pettus-bridge',
    name: 'Edmund Pettus Bridge',
    article: 'the',
    latitude: 32.4056,
    longitude: -87.0186,
    countryCode: 'US',
    regionCode: 'AL',
    kind: 'bridge',
    facts: [
      {
        text: 'Marchers for the right to vote were beaten on it on March 7, 1965.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/semo/index.htm',
      },
    ],
  },
  {
    id: 'vicksburg',
    name: 'Vicksburg battlefield',
    article: 'the',
    latitude: 32.3596,
    longitude: -90.8418,
    countryCode: 'US',
    regionCode: 'MS',
    kind: 'battlefield',
    facts: [
      {
        text: 'The siege of 1863 lasted 47 days.',
        interests: ['history'],
        source: 'https://www.nps.gov/vick/index.htm',
      },
    ],
  },
  {
    id: 'poverty-point',
    name: 'Poverty Point',
    latitude: 32.6367,
    longitude: -91.4064,
    countryCode: 'US',
    regionCode: 'LA',
    kind: 'set of giant earthworks',
    facts: [
      {
        text: 'Its mounds and ridges were built by people who lived by hunting, fishing and gathering.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://whc.unesco.org/en/list/1435',
      },
    ],
  },
  {
    id: 'central-high-school',
    name: 'Little Rock Central High School',
    latitude: 34.7367,
    longitude: -92.2989,
    countryCode: 'US',
    regionCode: 'AR',
    kind: 'historic school',
    facts: [
      {
        text: 'Nine Black students opened its doors to all in 1957.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/chsc/index.htm',
      },
    ],
  },
];
