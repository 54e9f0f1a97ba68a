import { feet, type Landmark } from './landmark.ts';

/** Oregon, Washington, Alaska and Hawaii. */
export const usPacificNorthwestAndIslands: readonly Landmark[] = [
  {
    id: 'crater-lake',
    name: 'Crater Lake',
    latitude: 42.944,
    longitude: -122.109,
    countryCode: 'US',
    regionCode: 'OR',
    kind: 'lake in a volcano',
    facts: [
      {
        text: 'At {depth} it is the deepest lake in the United States.',
        interests: ['nature', 'geography'],
        measures: { depth: feet(1943) },
        source: 'https://www.nps.gov/crla/index.htm',
      },
      {
        text: 'It fills what was left when a volcano collapsed about 7,700 years ago.',
        interests: ['science', 'nature'],
        source: 'https://www.nps.gov/crla/index.htm',
      },
    ],
  },
  {
    id: 'fort-clatsop',
    name: 'Fort Clatsop',
    latitude: 46.1337,
    longitude: -123.8803,
    countryCode: 'US',
    regionCode: 'OR',
    kind: 'log fort, rebuilt',
    facts: [
      {
        text: 'The Lewis and Clark Expedition spent the winter of 1805 to 1806 on this spot.',
        interests: ['history'],
        source: 'https://www.nps.gov/lewi/index.htm',
      },
    ],
  },
  {
    id: 'mount-st-helens',
    name: 'Mount St. Helens',
    latitude: 46.1912,
    longitude: -122.1944,
    countryCode: 'US',
    regionCode: 'WA',
    kind: 'volcano',
    facts: [
      {
        text: 'It erupted on May 18, 1980.',
        interests: ['science', 'nature', 'history'],
        source: 'https://www.usgs.gov/volcanoes/mount-st.-helens',
      },
    ],
  },
  {
    id: 'mount-rainier',
    name: 'Mount Rainier',
    latitude: 46.8529,
    longitude: -121.7604,
    countryCode: 'US',
    regionCode: 'WA',
    kind: 'ice-capped volcano',
    facts: [
      {
        text: 'It rises {height} above the sea.',
        interests: ['nature', 'geography'],
        measures: { height: feet(14410) },
        source: 'https://www.nps.gov/mora/index.htm',
      },
      {
        text: 'The land around it became a national park in 1899.',
        interests: ['history', 'nature'],
        source: 'https://www.nps.gov/mora/index.htm',
      },
    ],
  },
  {
    id: 'olympic-park',
    name: 'Olympic National Park',
    latitude: 47.8021,
    longitude: -123.6044,
    countryCode: 'US',
    regionCode: 'WA',
    kind: 'park of rain forest, ice and shore',
    facts: [
      {
        text: 'It has been a national park since 1938.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/olym/index.htm',
      },
    ],
  },
  {
    id: 'space-needle',
    name: 'Space Needle',
    article: 'the',
    latitude: 47.6205,
    longitude: -122.3493,
    countryCode: 'US',
    regionCode: 'WA',
    kind: 'tower',
    facts: [
      {
        text: 'It was built for the World’s Fair of 1962.',
        interests: ['architecture', 'history'],
        source: 'https://www.spaceneedle.com/',
      },
    ],
  },
  {
    id: 'denali',
    name: 'Denali',
    latitude: 63.0692,
    longitude: -151.007,
    countryCode: 'US',
    regionCode: 'AK',
    kind: 'mountain',
    facts: [
      {
        text: 'At {height} it is the highest summit in North America.',
        interests: ['nature', 'geography', 'science'],
        measures: { height: feet(20310) },
        source: 'https://www.nps.gov/dena/index.htm',
      },
    ],
  },
  {
    id: 'kilauea',
    name: 'Kīlauea',
    latitude: 19.4069,
    longitude: -155.2834,
    countryCode: 'US',
    regionCode: 'HI',
    kind: 'active volcano',
    facts: [
      {
        text: 'It is among the most active volcanoes in the world.',
        interests: ['science', 'nature'],
        source: 'https://www.usgs.gov/volcanoes/kilauea',
      },
      {
        text: 'The park around it dates from 1916.',
        interests: ['nature', 'history'],
        source: 'https://www.nps.gov/havo/index.htm',
      },
    ],
  },
  {
    id: 'mauna-kea',
    name: 'Maunakea',
    latitude: 19.8207,
    longitude: -155.4681,
    countryCode: 'US',
    regionCode: 'HI',
    kind: 'dormant volcano',
    facts: [
      {
        text: 'Its summit is the highest point of Hawaii.',
        interests: ['science', 'nature', 'geography'],
        source: 'https://www.usgs.gov/volcanoes/mauna-kea',
      },
    ],
  },
  {
    id: 'uss-arizona-memorial',
    name: 'USS Arizona Memorial',
    article: 'the',
    latitude: 21.3649,
    longitude: -157.95,
    countryCode: 'US',
    regionCode: 'HI',
    kind: 'memorial over a sunken battleship',
    facts: [
      {
        text: 'The ship went down in the attack on Pearl Harbor on December 7, 1941.',
        interests: ['history'],
        source: 'https://www.nps.gov/perl/index.htm',
      },
    ],
  },
  {
    id: 'oregon-caves',
    name: 'Oregon Caves',
    article: 'the',
    plural: true,
    latitude: 42.0983,
    longitude: -123.4073,
    countryCode: 'US',
    regionCode: 'OR',
    kind: 'maze of marble halls',
    facts: [
      {
        text: 'Water dissolved them out of marble.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/orca/index.htm',
      },
    ],
  },
  {
    id: 'timberline-lodge',
    name: 'Timberline Lodge',
    latitude: 45.3311,
    longitude: -121.7113,
    countryCode: 'US',
    regionCode: 'OR',
    kind: 'mountain hotel',
    facts: [
      {
        text: 'Workers of the New Deal built it by hand between 1936 and 1938.',
        interests: ['architecture', 'history'],
        source: 'https://www.timberlinelodge.com/',
      },
    ],
  },
  {
    id: 'exit-glacier',
    name: 'Exit Glacier',
    latitude: 60.178,
    longitude: -149.652,
    countryCode: 'US',
    regionCode: 'AK',
    kind: 'river of ice',
    facts: [
      {
        text: 'It flows down from the Harding Icefield.',
        interests: ['nature', 'science'],
        source: 'https://www.nps.gov/kefj/index.htm',
      },
    ],
  },
  {
    id: 'sitka',
    name: 'Sitka National Historical Park',
    latitude: 57.0475,
    longitude: -135.3157,
    countryCode: 'US',
    regionCode: 'AK',
    kind: 'forest trail of totem poles',
    facts: [
      {
        text: 'The Tlingit fought Russian traders there in 1804.',
        interests: ['history', 'culture'],
        source: 'https://www.nps.gov/sitk/index.htm',
      },
    ],
  },
  {
    id: 'skagway',
    name: 'Skagway Historic District',
    latitude: 59.4583,
    longitude: -135.3136,
    countryCode: 'US',
    regionCode: 'AK',
    kind: 'row of gold rush houses',
    facts: [
      {
        text: 'In the rush of 1898, crowds set out from there for the gold of the Klondike.',
        interests: ['history', 'people'],
        source: 'https://www.nps.gov/klgo/index.htm',
      },
    ],
  },
  {
    id: 'pike-place-market',
    name: 'Pike Place Market',
    latitude: 47.6097,
    longitude: -122.3422,
    countryCode: 'US',
    regionCode: 'WA',
    kind: 'row of food halls above the bay',
    facts: [
      {
        text: 'Farmers have sold there since 1907.',
        interests: ['people', 'culture', 'history'],
        source: 'https://www.pikeplacemarket.org/',
      },
    ],
  },
];
