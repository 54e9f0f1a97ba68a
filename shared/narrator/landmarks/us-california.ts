import { feet, type Landmark } from './landmark.ts';

/** California. */
export const usCalifornia: readonly Landmark[] = [
  {
    id: 'golden-gate-bridge',
    name: 'Golden Gate Bridge',
    article: 'the',
    latitude: 37.8199,
    longitude: -122.4783,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'suspension bridge',
    facts: [
      {
        text: 'It opened in May 1937.',
        interests: ['architecture', 'history'],
        source: 'https://www.goldengate.org/bridge/history-research/',
      },
      {
        text: 'Its two towers stand {height} above the water.',
        interests: ['architecture', 'science'],
        measures: { height: feet(746) },
        source: 'https://www.goldengate.org/bridge/history-research/statistics-data/design-construction-stats/',
      },
    ],
  },
  {
    id: 'alcatraz-island',
    name: 'Alcatraz Island',
    latitude: 37.8267,
    longitude: -122.423,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'former prison island',
    facts: [
      {
        text: 'It held a federal prison from 1934 until 1963.',
        interests: ['history'],
        source: 'https://www.nps.gov/alca/learn/historyculture/index.htm',
      },
    ],
  },
  {
    id: 'cabrillo-monument',
    name: 'Cabrillo National Monument',
    latitude: 32.6722,
    longitude: -117.241,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'headland monument',
    facts: [
      {
        text: 'It remembers Juan Rodríguez Cabrillo, who sailed into San Diego Bay in 1542.',
        interests: ['history'],
        source: 'https://www.nps.gov/cabr/index.htm',
      },
    ],
  },
  {
    id: 'mount-whitney',
    name: 'Mount Whitney',
    latitude: 36.5786,
    longitude: -118.292,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'granite summit',
    facts: [
      {
        text: 'At about {height} it is the highest summit in the contiguous United States.',
        interests: ['nature', 'geography', 'science'],
        measures: { height: feet(14500) },
        source: 'https://www.nps.gov/seki/planyourvisit/whitney.htm',
      },
    ],
  },
  {
    id: 'badwater-basin',
    name: 'Badwater Basin',
    latitude: 36.2502,
    longitude: -116.8258,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'salt flat',
    facts: [
      {
        text: 'It lies {depth} below sea level, the lowest ground in North America.',
        interests: ['nature', 'geography', 'science'],
        measures: { depth: feet(282) },
        source: 'https://www.nps.gov/deva/index.htm',
      },
    ],
  },
  {
    id: 'manzanar',
    name: 'Manzanar',
    latitude: 36.7283,
    longitude: -118.1544,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'national historic site',
    facts: [
      {
        text: 'More than 10,000 Japanese Americans were held there during the Second World War.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/manz/index.htm',
      },
    ],
  },
  {
    id: 'yosemite-valley',
    name: 'Yosemite Valley',
    latitude: 37.7456,
    longitude: -119.5936,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'glacier-carved valley',
    facts: [
      {
        text: 'Yosemite has been a national park since 1890.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/yose/learn/historyculture/index.htm',
      },
      {
        text: 'Abraham Lincoln signed an act to protect the valley in 1864, before there were any national parks.',
        interests: ['history'],
        source: 'https://www.nps.gov/yose/learn/historyculture/index.htm',
      },
    ],
  },
  {
    id: 'general-sherman-tree',
    name: 'General Sherman Tree',
    article: 'the',
    latitude: 36.5819,
    longitude: -118.7511,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'giant sequoia',
    facts: [
      {
        text: 'By volume it is the largest known living tree on Earth.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/seki/learn/nature/sherman.htm',
      },
    ],
  },
  {
    id: 'devils-postpile',
    name: 'Devils Postpile',
    latitude: 37.6251,
    longitude: -119.0847,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'wall of basalt columns',
    facts: [
      {
        text: 'It has been a national monument since 1911.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/depo/index.htm',
      },
    ],
  },
  {
    id: 'joshua-tree',
    name: 'Joshua Tree National Park',
    latitude: 33.8734,
    longitude: -115.901,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'desert park',
    facts: [
      {
        text: 'Two deserts meet in it, the Mojave and the Colorado.',
        interests: ['nature', 'geography'],
        source: 'https://www.nps.gov/jotr/index.htm',
      },
    ],
  },
  {
    id: 'point-reyes-light',
    name: 'Point Reyes Lighthouse',
    article: 'the',
    latitude: 37.9956,
    longitude: -123.0232,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'lighthouse',
    facts: [
      {
        text: 'It was first lit in 1870.',
        interests: ['history', 'architecture'],
        source: 'https://www.nps.gov/pore/planyourvisit/lighthouse.htm',
      },
    ],
  },
  {
    id: 'redwood-park',
    name: 'Redwood National Park',
    latitude: 41.2132,
    longitude: -124.0046,
    countryCode: 'US',
    regionCode: 'CA',
    kind: 'park of coast redwoods',
    facts: [
      {
        text: 'Coast redwoods are the tallest trees on Earth, and the park has kept some of them since 1968.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/redw/index.htm',
      },
    ],
  },
];
