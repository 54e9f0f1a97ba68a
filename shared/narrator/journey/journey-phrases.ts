/** Ways to say each fact of a journey. As in the grammar of stories, templates hold neither digits nor names: those are the facts' own. */
export const journeyPhrases = {
  'journey-start': ['On {date} the journey began in {where}.', 'It all began in {where}, on {date}.'],
  'journey-way': [
    'From stop to stop it was {distance}, as the crow flies.',
    'As the crow flies, it was {distance} from stop to stop.',
  ],
  'journey-days': ['It took {days}.', 'The road was yours for {days}.'],
  'journey-story': [
    'In {place} you heard “{title}”.',
    'At {place} the story was called “{title}”.',
    'You heard “{title}”.',
  ],
  'journey-photos': ['In {place}, {taken}.'],
  'journey-farthest': ['The farthest point was {place}, {distance} from the start.'],
  'journey-largest': ['The largest town on the way was {place}, with about {people}.'],
  'journey-regions': ['Its stops lay in {regions}.', 'You stopped in {regions}.'],
  'journey-tally': ['What is left of it: {left}.', 'You have {left} of it.'],
  'journey-end': ['The last stop was {where}, on {date}.', 'On {date} it ended in {where}.'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type JourneyKind = keyof typeof journeyPhrases;

/** What introduces a landmark that a story told of. */
export const landmarkLines = ['The story spoke of {name}.', 'There was talk of {name}.'] as const;

export const journeyTitles = {
  there: ['From {from} to {to}', 'On the road from {from} to {to}'],
  around: ['Around {from}', 'On the road around {from}'],
  nowhere: ['On the road'],
} as const;

export const journeyClosings = ['The road will still be there.', 'Until the next road.', 'Keep it well.'] as const;
