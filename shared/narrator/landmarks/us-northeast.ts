import { feet, type Landmark } from './landmark.ts';

/** From Maryland to Maine. */
export const usNortheast: readonly Landmark[] = [
  {
    id: 'independence-hall',
    name: 'Independence Hall',
    latitude: 39.9489,
    longitude: -75.15,
    countryCode: 'US',
    regionCode: 'PA',
    kind: 'brick statehouse',
    facts: [
      {
        text: 'The Declaration of Independence was signed there in 1776, and the Constitution in 1787.',
        interests: ['history', 'architecture'],
        source: 'https://whc.unesco.org/en/list/78',
      },
    ],
  },
  {
    id: 'gettysburg',
    name: 'Gettysburg battlefield',
    article: 'the',
    latitude: 39.8117,
    longitude: -77.2353,
    countryCode: 'US',
    regionCode: 'PA',
    kind: 'battlefield',
    facts: [
      {
        text: 'The battle lasted from July 1 to July 3, 1863.',
        interests: ['history'],
        source: 'https://www.nps.gov/gett/index.htm',
      },
    ],
  },
  {
    id: 'statue-of-liberty',
    name: 'Statue of Liberty',
    article: 'the',
    latitude: 40.6892,
    longitude: -74.0445,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'colossal statue',
    facts: [
      {
        text: 'It was dedicated on October 28, 1886.',
        interests: ['history', 'architecture'],
        source: 'https://www.nps.gov/stli/index.htm',
      },
    ],
  },
  {
    id: 'brooklyn-bridge',
    name: 'Brooklyn Bridge',
    article: 'the',
    latitude: 40.7061,
    longitude: -73.9969,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'suspension bridge',
    facts: [
      {
        text: 'It opened in 1883.',
        interests: ['architecture', 'history'],
        source: 'https://www.nyc.gov/html/dot/html/infrastructure/brooklyn-bridge.shtml',
      },
    ],
  },
  {
    id: 'womens-rights-park',
    name: 'Wesleyan Chapel',
    article: 'the',
    latitude: 42.9106,
    longitude: -76.8003,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'historic chapel',
    facts: [
      {
        text: 'The first convention for women’s rights met there in 1848.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/wori/index.htm',
      },
    ],
  },
  {
    id: 'niagara-falls',
    name: 'Niagara Falls',
    latitude: 43.0828,
    longitude: -79.0742,
    countryCode: 'US',
    regionCode: 'NY',
    kind: 'waterfall',
    facts: [
      {
        text: 'The park on its American side dates from 1885 and is the oldest state park in the country.',
        interests: ['nature', 'history'],
        source: 'https://www.niagarafallsstatepark.com/',
      },
    ],
  },
  {
    id: 'north-bridge',
    name: 'North Bridge',
    article: 'the',
    latitude: 42.469,
    longitude: -71.3507,
    countryCode: 'US',
    regionCode: 'MA',
    kind: 'wooden bridge',
    facts: [
      {
        text: 'Colonial militia fired on British soldiers there on April 19, 1775.',
        interests: ['history'],
        source: 'https://www.nps.gov/mima/index.htm',
      },
    ],
  },
  {
    id: 'uss-constitution',
    name: 'USS Constitution',
    latitude: 42.3725,
    longitude: -71.0566,
    countryCode: 'US',
    regionCode: 'MA',
    kind: 'wooden warship',
    facts: [
      {
        text: 'It was launched in 1797.',
        interests: ['history', 'architecture'],
        source: 'https://ussconstitutionmuseum.org/',
      },
    ],
  },
  {
    id: 'mount-washington',
    name: 'Mount Washington',
    latitude: 44.2706,
    longitude: -71.3033,
    countryCode: 'US',
    regionCode: 'NH',
    kind: 'windy mountain',
    facts: [
      {
        text: 'A gust of 231 miles an hour was measured on its summit in 1934.',
        interests: ['nature', 'science'],
        source: 'https://mountwashington.org/',
      },
    ],
  },
  {
    id: 'cadillac-mountain',
    name: 'Cadillac Mountain',
    latitude: 44.3526,
    longitude: -68.2251,
    countryCode: 'US',
    regionCode: 'ME',
    kind: 'granite mountain by the sea',
    facts: [
      {
        text: 'At {height} it is the highest point on the eastern seaboard of the United States.',
        interests: ['nature', 'geography'],
        measures: { height: feet(1530) },
        source: 'https://www.nps.gov/acad/index.htm',
      },
    ],
  },
  {
    id: 'touro-synagogue',
    name: 'Touro Synagogue',
    latitude: 41.4894,
    longitude: -71.3119,
    countryCode: 'US',
    regionCode: 'RI',
    kind: 'house of worship',
    facts: [
      {
        text: 'It was dedicated in 1763 and is the oldest synagogue building in the United States.',
        interests: ['history', 'culture', 'architecture'],
        source: 'https://www.nps.gov/tosy/index.htm',
      },
    ],
  },
  {
    id: 'fort-mchenry',
    name: 'Fort McHenry',
    latitude: 39.2633,
    longitude: -76.5797,
    countryCode: 'US',
    regionCode: 'MD',
    kind: 'star-shaped fort',
    facts: [
      {
        text: 'Its defense in September 1814 gave the words to the national anthem.',
        interests: ['history', 'culture'],
        source: 'https://www.nps.gov/fomc/index.htm',
      },
    ],
  },
];
