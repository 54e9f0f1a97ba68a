import { feet, type Landmark } from './landmark.ts';

/** New England. */
export const usNewEngland: readonly Landmark[] = [
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
];
