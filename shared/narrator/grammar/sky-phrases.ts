import type { Phrase } from './phrase.ts';

/** Sentences about sun and moon. */
export const skyPhrases: readonly Phrase[] = [
  {
    kind: 'sun',
    when: { state: 'day' },
    part: 'sky',
    topics: ['astronomy', 'science'],
    weight: 2.2,
    say: [
      'The sun sets here at {sunset}.',
      'There is light until {sunset}, when the sun goes down.',
      'A day here has {daylight} of sun on {date}, and this one ends at {sunset}.',
    ],
  },
  {
    kind: 'sun',
    when: { state: 'before-sunrise' },
    part: 'sky',
    topics: ['astronomy', 'science'],
    weight: 2.2,
    say: ['The sun comes up here at {sunrise}.', 'Wait until {sunrise} and the sun will be up.'],
  },
  {
    kind: 'sun',
    when: { state: 'after-sunset' },
    part: 'sky',
    topics: ['astronomy', 'science'],
    weight: 2.2,
    say: [
      'The sun went down here at {sunset}.',
      'Sunset was at {sunset}, so let the headlights do the looking.',
      'After {daylight} of daylight, the sun set at {sunset}.',
    ],
  },
  {
    kind: 'sun',
    when: { state: 'always-up' },
    part: 'sky',
    topics: ['astronomy', 'nature', 'science'],
    weight: 5,
    say: [
      'On {date} the sun does not set here at all.',
      'Forget the dark, because on {date} the sun stays up around the clock.',
    ],
  },
  {
    kind: 'sun',
    when: { state: 'always-down' },
    part: 'sky',
    topics: ['astronomy', 'nature', 'science'],
    weight: 5,
    say: ['On {date} the sun does not rise here at all.', 'There is no sunrise here on {date}.'],
  },
  {
    kind: 'moon',
    when: { phase: 'full' },
    part: 'sky',
    topics: ['astronomy', 'science'],
    weight: 1.5,
    say: ['The moon is as good as full.', 'It is a night of the full moon, or nearly.'],
  },
  {
    kind: 'moon',
    when: { phase: 'new' },
    part: 'sky',
    topics: ['astronomy', 'science'],
    weight: 1.5,
    say: ['There is next to no moon.', 'The moon is all but dark and leaves the sky to the stars.'],
  },
  {
    kind: 'moon',
    when: { phase: 'waxing' },
    part: 'sky',
    topics: ['astronomy', 'science'],
    weight: 1,
    say: [
      'The moon is {percent} percent lit and growing.',
      'With {percent} percent of its face lit, the moon is on its way to full.',
    ],
  },
  {
    kind: 'moon',
    when: { phase: 'waning' },
    part: 'sky',
    topics: ['astronomy', 'science'],
    weight: 1,
    say: ['The moon is {percent} percent lit and shrinking.', 'The moon is on the wane, {percent} percent lit.'],
  },
];
