/** First statements of a story, by how near the place is; all state where the traveller is. */
export const openings: Readonly<Record<string, readonly string[]>> = {
  in: [
    '{now} the road has brought you to {place}, in {parent}.',
    'You have come to {place}, in {parent}.',
    'Welcome to {place}, in {parent}.',
    'Here is {place}, in {parent}, on {date}.',
    'The sign says {place}, and the map agrees: this is {parent}.',
  ],
  near: [
    '{now} you are {distance} {direction} of {place}, which lies in {parent}.',
    '{place} is close by, {distance} to the {toward}, in {parent}.',
    'You have {place}, in {parent}, {distance} to the {toward} of you.',
  ],
  between: [
    'You are out between towns, {distance} {direction} of {place}, which lies in {parent}.',
    'The name to steer by out here is {place}, in {parent}, {distance} to the {toward}.',
    '{now} you find yourself {distance} {direction} of {place}, which lies in {parent}.',
  ],
  offshore: [
    'You are out at sea, {distance} {direction} of {place}, which lies in {parent}.',
    'Land is a way off: the nearest place listed is {place}, in {parent}, {distance} to the {toward}.',
  ],
  remote: [
    'The gazetteer knows no town near this spot, and the closest it lists is {place}, in {parent}, {distance} to the {toward}.',
    'You are a long way from anywhere: the nearest place listed is {place}, in {parent}, {distance} to the {toward}.',
    'To find a listed place from here you would go {distance} {toward}, as far as {place}, in {parent}.',
  ],
};

/** The same for a place that is a country of its own name. */
export const bareOpenings: Readonly<Record<string, readonly string[]>> = {
  in: ['{now} the road has brought you to {place}.', 'Here is {place}, on {date}.'],
  near: ['{now} you are {distance} {direction} of {place}.', '{place} is close by, {distance} to the {toward}.'],
  between: ['You are out between towns, {distance} {direction} of {place}.'],
  offshore: ['You are out at sea, {distance} {direction} of {place}.'],
  remote: ['To find a listed place from here you would go {distance} {toward}, as far as {place}.'],
};

/** Said just before the first fact that an interest asked for. */
export const interestLines: readonly string[] = [
  'Here is something for a lover of {interest}.',
  'You asked for {interest}, so listen to this.',
  'This one is for your interest in {interest}.',
];
