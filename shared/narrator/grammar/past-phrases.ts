import type { Phrase } from './phrase.ts';

/** Sentences about names, landmarks and the past. A landmark is followed by what is known of it. */
export const pastPhrases: readonly Phrase[] = [
  {
    kind: 'other-names',
    when: { amount: 'one' },
    part: 'past',
    topics: ['history', 'culture'],
    weight: 4,
    aboutPlace: true,
    say: [
      'The gazetteer has a second name for {place}: {names}.',
      'Look {place} up and you will find it also listed as {names}.',
      'Ask a map maker about {place} and you may hear another name for it: {names}.',
    ],
  },
  {
    kind: 'other-names',
    when: { amount: 'several' },
    part: 'past',
    topics: ['history', 'culture'],
    weight: 4,
    aboutPlace: true,
    say: [
      'The gazetteer has more than one name for {place}, for it also answers to {names}.',
      'Look {place} up and you will find it also listed as {names}.',
      'Ask a map maker about {place} and you may hear other names for it: {names}.',
    ],
  },
  {
    kind: 'name-meaning',
    part: 'past',
    topics: ['culture', 'history'],
    weight: 2.5,
    say: [
      'In {language}, {words} means “{meaning}”.',
      'Say the name slowly: in {language}, {words} means “{meaning}”.',
      'There is a meaning in the name, for {words} is {language} for “{meaning}”.',
    ],
  },
  {
    kind: 'namesakes',
    part: 'past',
    topics: ['culture', 'people'],
    weight: 1.5,
    aboutPlace: true,
    say: [
      'The name gets around: the gazetteer knows {count} places called {place} in {country}.',
      'Mind the address on a letter to {place}, because {country} has {count} listed places of that name.',
      'It is a name that people liked to use: {count} places in {country} are listed as {place}.',
    ],
  },
  {
    kind: 'landmark',
    when: { range: 'here' },
    part: 'past',
    topics: [],
    weight: 8,
    say: [
      'You are right beside {name}, {sight}.',
      'Look around you, because {name} {is} {distance} away.',
      'This is where you find {name}, {sight}.',
    ],
  },
  {
    kind: 'landmark',
    when: { range: 'away' },
    part: 'past',
    topics: [],
    weight: 5,
    say: [
      '{name}, {sight}, {is} {distance} to the {direction}.',
      'To the {direction}, {distance} away, {is} {name}.',
      'Look {direction} on the map: {distance} that way {is} {name}, {sight}.',
      'And then there {is} {name}, {distance} {direction} of you.',
      '{distance} to the {direction} you would come upon {name}, {sight}.',
    ],
  },
  {
    kind: 'statehood',
    part: 'past',
    topics: ['history'],
    weight: 1.8,
    say: [
      '{state} joined the {union} in {year}, the {order} state to do so.',
      'It was {year} when {state} became the {order} state of the {union}.',
      'The {union} took in {state} as its {order} state in {year}.',
    ],
  },
];
