import { feet, type Landmark, miles } from './landmark.ts';

/** The Upper South, from Kentucky to North Carolina, with the federal district. */
export const usUpperSouth: readonly Landmark[] = [
  {
    id: 'mammoth-cave',
    name: 'Mammoth Cave',
    latitude: 37.1862,
    longitude: -86.1005,
    countryCode: 'US',
    regionCode: 'KY',
    kind: 'cave',
    facts: [
      {
        text: 'With more than {length} explored, it is the longest known cave in the world.',
        interests: ['nature', 'science'],
        measures: { length: miles(400) },
        source: 'https://www.nps.gov/maca/index.htm',
      },
    ],
  },
  {
    id: 'lincoln-birthplace',
    name: 'Abraham Lincoln Birthplace',
    article: 'the',
    latitude: 37.5311,
    longitude: -85.7341,
    countryCode: 'US',
    regionCode: 'KY',
    kind: 'memorial and spring',
    facts: [
      {
        text: 'Abraham Lincoln was born there on February 12, 1809.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/abli/index.htm',
      },
    ],
  },
  {
    id: 'kuwohi',
    name: 'Kuwohi',
    latitude: 35.5628,
    longitude: -83.4985,
    countryCode: 'US',
    regionCode: 'TN',
    kind: 'mountain in the Great Smokies',
    facts: [
      {
        text: 'At {height} it is the highest point in Tennessee.',
        interests: ['nature', 'geography'],
        measures: { height: feet(6643) },
        source: 'https://www.nps.gov/grsm/index.htm',
      },
    ],
  },
  {
    id: 'wright-brothers-memorial',
    name: 'Wright Brothers Memorial',
    article: 'the',
    latitude: 36.0143,
    longitude: -75.6679,
    countryCode: 'US',
    regionCode: 'NC',
    kind: 'monument on a dune',
    facts: [
      {
        text: 'On December 17, 1903, the first powered airplane flight there lasted 12 seconds.',
        interests: ['history', 'science', 'people'],
        source: 'https://www.nps.gov/wrbr/index.htm',
      },
    ],
  },
  {
    id: 'cape-hatteras-light',
    name: 'Cape Hatteras Lighthouse',
    article: 'the',
    latitude: 35.2507,
    longitude: -75.5288,
    countryCode: 'US',
    regionCode: 'NC',
    kind: 'striped lighthouse',
    facts: [
      {
        text: 'In 1999 the whole tower was moved {length} inland, out of reach of the sea.',
        interests: ['history', 'architecture', 'science'],
        measures: { length: feet(2900) },
        source: 'https://www.nps.gov/caha/index.htm',
      },
    ],
  },
  {
    id: 'jamestown',
    name: 'Historic Jamestowne',
    latitude: 37.2094,
    longitude: -76.7783,
    countryCode: 'US',
    regionCode: 'VA',
    kind: 'colonial site',
    facts: [
      {
        text: 'The first permanent English settlement in North America began there in 1607.',
        interests: ['history'],
        source: 'https://www.nps.gov/jame/index.htm',
      },
    ],
  },
  {
    id: 'appomattox',
    name: 'Appomattox Court House',
    latitude: 37.3775,
    longitude: -78.7959,
    countryCode: 'US',
    regionCode: 'VA',
    kind: 'restored village',
    facts: [
      {
        text: 'Robert E. Lee surrendered there on April 9, 1865.',
        interests: ['history'],
        source: 'https://www.nps.gov/apco/index.htm',
      },
    ],
  },
  {
    id: 'monticello',
    name: 'Monticello',
    latitude: 38.0086,
    longitude: -78.4532,
    countryCode: 'US',
    regionCode: 'VA',
    kind: 'house on a hill',
    facts: [
      {
        text: 'Thomas Jefferson designed it himself.',
        interests: ['architecture', 'history'],
        source: 'https://whc.unesco.org/en/list/442',
      },
    ],
  },
  {
    id: 'washington-monument',
    name: 'Washington Monument',
    article: 'the',
    latitude: 38.8895,
    longitude: -77.0353,
    countryCode: 'US',
    regionCode: 'DC',
    kind: 'obelisk',
    facts: [
      {
        text: 'It is {height} tall, and was finished in 1884.',
        interests: ['architecture', 'history'],
        measures: { height: feet(555) },
        source: 'https://www.nps.gov/wamo/index.htm',
      },
    ],
  },
  {
    id: 'lincoln-memorial',
    name: 'Lincoln Memorial',
    article: 'the',
    latitude: 38.8893,
    longitude: -77.0502,
    countryCode: 'US',
    regionCode: 'DC',
    kind: 'memorial',
    facts: [
      {
        text: 'It was dedicated in May 1922.',
        interests: ['history', 'architecture'],
        source: 'https://www.nps.gov/linc/index.htm',
      },
    ],
  },
  {
    id: 'harpers-ferry',
    name: 'Harpers Ferry',
    latitude: 39.323,
    longitude: -77.7295,
    countryCode: 'US',
    regionCode: 'WV',
    kind: 'historic town',
    facts: [
      {
        text: 'John Brown led his raid on its armory in October 1859.',
        interests: ['history'],
        source: 'https://www.nps.gov/hafe/index.htm',
      },
    ],
  },
];
