/** Turns of phrase that give a story its tone. Like all templates they hold no names or numbers of their own. */
export interface Theme {
  readonly words: readonly string[];
  readonly titles: readonly string[];
  /** Said first; states nothing. */
  readonly openings: readonly string[];
  /** Said before the last paragraph; states nothing. */
  readonly turns: readonly string[];
  readonly closings: readonly string[];
}

/** The tone without a theme, or with one nobody has words for. */
export const plainTheme: Theme = {
  words: [],
  titles: ['{place}', 'On the road: {place}', '{place}, from the road'],
  openings: [],
  turns: [],
  closings: [
    'That is {place}, as far as the records go.',
    'Keep {place} in the mirror a moment longer, and then let it go.',
    'And that is where you are, with {place} for a name to remember it by.',
    'The rest of {place} is yours to see.',
    'Drive on gently, and let {place} have its quiet back.',
  ],
};

/** The tones a traveller can ask for. */
export const themes: readonly Theme[] = [
  {
    words: ['adventure', 'adventurous', 'exploration', 'explorer', 'thrill', 'wild'],
    titles: ['Onward: {place}', 'The road by way of {place}', '{place}, and on'],
    openings: [
      'Keep your eyes open and a hand on the map.',
      'Every stretch of a good trip wants to be looked at twice.',
      'Here begins another piece of road worth the detour.',
    ],
    turns: ['An explorer wants bearings, so take these.', 'Now for what waits over the horizon.'],
    closings: [
      'Mark {place} on the map, and keep going.',
      'The next bend is yours, and {place} is behind you.',
      'That was {place}, and there is plenty of road left.',
      'Tell it well when you get home, and begin with {place}.',
    ],
  },
  {
    words: ['history', 'historic', 'historical', 'heritage', 'past'],
    titles: ['{place}, for the record', 'What is written of {place}', '{place} in the records'],
    openings: [
      'Every place on a map had to be named by someone first.',
      'Slow down a little, because the past is patient but quiet.',
      'Old maps and new ones agree on less than you would think.',
    ],
    turns: ['Step back, and look at the wider map.', 'A place is also what lies around it.'],
    closings: [
      'The records have more on {place} than a road has room for.',
      'So much for the written part of {place}, while the rest is still being lived.',
      'Somebody will look back at this day in {place}, too.',
      'Leave {place} to its records now, and make a few of your own.',
    ],
  },
  {
    words: ['mystery', 'mysterious', 'ghost', 'ghosts', 'spooky', 'legend', 'legends', 'myth'],
    titles: ['What the map says of {place}', 'The quiet of {place}', '{place}, after the last page'],
    openings: [
      'Listen for what a map does not tell you.',
      'There is always a question waiting at the side of the road.',
      'Some places keep their own counsel.',
    ],
    turns: ['The clues lie further out.', 'Follow the lines on the map and see where they lead.'],
    closings: [
      'What {place} keeps to itself, it will go on keeping.',
      'Those are the clues to {place}, and the answer is your own.',
      'The map has told what it knows of {place}.',
      'Turn around once before you go, in case {place} has more to say.',
    ],
  },
  {
    words: ['family', 'kids', 'children', 'fun', 'funny', 'playful'],
    titles: ['Are we there yet? {place}', '{place} from the back seat', 'Hello, {place}'],
    openings: [
      'Everybody look out of the window.',
      'Time for a story, back seat included.',
      'First one to spot a sign wins.',
    ],
    turns: ['Now, who can point the right way?', 'Here is one to ask the driver.'],
    closings: [
      'Wave to {place} before it is out of sight.',
      'And now whoever listened best may say where {place} is.',
      'Good night or good day to you, {place}, whichever it is.',
      'That was {place}, and yes, there will be snacks.',
    ],
  },
  {
    words: ['romance', 'romantic', 'love', 'honeymoon'],
    titles: ['{place} for company', '{place}, arm in arm', 'A little time in {place}'],
    openings: [
      'Roll the window down and take your time.',
      'Some roads are best shared.',
      'Let the radio go quiet for a moment.',
    ],
    turns: ['Look out together, as far as the map will let you.', 'The world is wide, and you have company.'],
    closings: [
      'One day one of you will say {place}, and the other will smile.',
      'Take {place} along as a small thing to share.',
      'There is no hurry to leave {place} behind.',
      'Remember {place} as the stop with the good silence.',
    ],
  },
  {
    words: ['nature', 'wilderness', 'calm', 'relaxing', 'peaceful', 'scenic'],
    titles: ['The lay of the land: {place}', '{place} under the sky', 'Quietly, {place}'],
    openings: [
      'Let the land do the talking for a while.',
      'Breathe out, and look as far as you can.',
      'There is weather up there and ground down here, and you between.',
    ],
    turns: ['The land goes on in every direction.', 'Let your eye wander further out.'],
    closings: [
      'The land around {place} will keep, so come back in another season.',
      'Leave {place} as you found it, and go softly.',
      'Wind and light will look after {place} from here.',
      'Take one more long look before {place} slips away.',
    ],
  },
];

/** Closings for a place that is far from the traveller: nobody leaves it behind. */
export const awayClosings: readonly string[] = [
  'When you look this spot up again, start from {place}.',
  'Not every spot has a name, but this one has {place} to be found by.',
  'That is what the records know of this side of {place}.',
  'Put a mark on the map, {distance} from {place}, and remember the view.',
  'Send word to {place} that you came by, more or less.',
];

/** The theme a free word asks for. */
export function themeOf(word: string | undefined): Theme {
  const wanted = word?.trim().toLowerCase() ?? '';
  return themes.find((theme) => theme.words.includes(wanted)) ?? plainTheme;
}
