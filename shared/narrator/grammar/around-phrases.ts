import type { Phrase } from './phrase.ts';

/** Sentences about what lies around, near and on the other side of the world. */
export const aroundPhrases: readonly Phrase[] = [
  {
    kind: 'neighbors',
    part: 'around',
    topics: ['geography'],
    weight: 2.5,
    say: [
      'As the crow flies, {first} is {firstDistance} to the {firstDirection}, and {second} {secondDistance} to the {secondDirection}.',
      'The neighbors are {first}, {firstDistance} {firstDirection}, and {second}, {secondDistance} {secondDirection}.',
      'A crow would find {first} {firstDistance} to the {firstDirection} and {second} {secondDistance} to the {secondDirection}.',
      '{first} lies {firstDistance} {firstDirection} of here, and {second} {secondDistance} {secondDirection}.',
    ],
  },
  {
    kind: 'relief',
    when: { change: 'higher' },
    part: 'around',
    topics: ['nature', 'geography', 'science'],
    weight: 1.8,
    say: [
      'The land rises to the {direction}: {other} lies {height} higher than {place}.',
      'To the {direction}, {distance} away, {other} looks down on {place} from {height} higher.',
    ],
  },
  {
    kind: 'relief',
    when: { change: 'lower' },
    part: 'around',
    topics: ['nature', 'geography', 'science'],
    weight: 1.8,
    say: [
      'The land falls away to the {direction}: {other} lies {height} lower than {place}.',
      'To the {direction}, {distance} away, {other} lies {height} lower than {place}.',
    ],
  },
  {
    kind: 'density',
    when: { density: 'sparse' },
    part: 'around',
    topics: ['geography'],
    weight: 1.5,
    say: [
      'Within {radius} of this spot the gazetteer lists only {count} places.',
      'There is room to breathe, with just {count} listed places inside {radius}.',
    ],
  },
  {
    kind: 'density',
    when: { density: 'dense' },
    part: 'around',
    topics: ['geography'],
    weight: 1,
    say: [
      'Draw a circle of {radius} around this spot and the gazetteer lists {count} places inside it.',
      'You are in company: {count} listed places lie within {radius}.',
    ],
  },
  {
    kind: 'region-capital',
    part: 'around',
    topics: ['geography'],
    weight: 1.8,
    say: [
      '{capital}, the capital of {division}, is {distance} to the {direction}.',
      'The capital of {division} is {capital}, {distance} {direction} of here.',
      'Decisions for {division} are made in {capital}, {distance} to the {direction}.',
    ],
  },
  {
    kind: 'city',
    part: 'around',
    topics: ['geography'],
    weight: 2,
    say: [
      'For bright lights and about {people}, look {direction}: {city} is {distance} that way.',
      'The nearest big city is {city}, {distance} to the {direction}.',
      'Somewhere to the {direction}, {distance} off, {city} is going about its business with about {people}.',
    ],
  },
  {
    kind: 'country-capital',
    part: 'around',
    topics: ['geography'],
    weight: 1.2,
    say: [
      '{capital}, the capital of {division}, is {distance} to the {direction}.',
      'All the way to {capital}, the capital of {division}, a straight line measures {distance}.',
    ],
  },
  {
    kind: 'pole',
    part: 'around',
    topics: ['science', 'geography', 'nature'],
    weight: 9,
    say: ['The {pole} is {distance} away.', 'Compasses grow restless here, with the {pole} {distance} away.'],
  },
  {
    kind: 'zone',
    when: { zone: 'polar' },
    part: 'around',
    topics: ['science', 'geography', 'nature'],
    weight: 3,
    say: [
      'You are inside the {circle}, where there is a summer day without a sunset and a winter day without a sunrise.',
      'This side of the {circle} the midsummer sun stays up all night.',
    ],
  },
  {
    kind: 'zone',
    when: { zone: 'tropical' },
    part: 'around',
    topics: ['science', 'geography', 'nature'],
    weight: 1,
    say: [
      'You are in the tropics, where the noon sun can stand straight overhead.',
      'These are the tropics: on the right days of the year the noon sun leaves an upright pole no shadow.',
    ],
  },
  {
    kind: 'meridian',
    part: 'around',
    topics: ['science', 'geography'],
    weight: 4,
    say: [
      'The {meridian}, halfway around the world from {origin}, is {distance} to the {direction}.',
      'It is {distance} {direction} to the {meridian}, where the map of the world has its seam.',
    ],
  },
  {
    kind: 'latitude',
    part: 'around',
    topics: ['geography', 'science', 'culture'],
    weight: 1.5,
    say: [
      'Follow this line of latitude around the world and you pass close to {place}, in {country}.',
      '{place}, in {country}, lies on very nearly the same line of latitude.',
      'At this same latitude, far around the globe, is {place}, in {country}.',
    ],
  },
  {
    kind: 'equator',
    when: { side: 'on' },
    part: 'around',
    topics: ['science', 'geography'],
    weight: 9,
    say: [
      'You are all but standing on the equator.',
      'The equator runs right by here, half the world to either side of it.',
    ],
  },
  {
    kind: 'equator',
    when: { side: 'off' },
    part: 'around',
    topics: ['science', 'geography'],
    weight: 0.6,
    say: [
      'The equator is {distance} to the {direction}.',
      'Keep going {direction} for {distance} and you reach the equator.',
    ],
  },
  {
    kind: 'far-side',
    part: 'around',
    topics: ['science', 'geography'],
    weight: 0.8,
    say: [
      'Go straight down through the middle of the globe and you come out {distance} from {place}, in {country}.',
      'The opposite side of the world is {distance} from {place}, in {country}.',
    ],
  },
];
