/** What facts are about. A traveller's interests in free words are read as these. */
export const topics = {
  history: ['history', 'historic', 'historical', 'heritage', 'past', 'war', 'pioneers', 'archaeology', 'museums'],
  culture: ['culture', 'cultural', 'art', 'arts', 'music', 'language', 'names', 'literature', 'religion', 'traditions'],
  people: ['people', 'towns', 'local life', 'community', 'cities', 'society', 'population'],
  nature: [
    'nature',
    'wildlife',
    'outdoors',
    'hiking',
    'animals',
    'plants',
    'parks',
    'mountains',
    'scenery',
    'landscape',
  ],
  geography: ['geography', 'maps', 'places', 'travel', 'routes', 'roads'],
  science: ['science', 'geology', 'physics', 'volcanoes', 'technology', 'space'],
  astronomy: ['astronomy', 'stars', 'stargazing', 'sky', 'sun', 'moon', 'photography', 'space'],
  architecture: ['architecture', 'buildings', 'bridges', 'engineering', 'design', 'landmarks'],
} as const satisfies Record<string, readonly string[]>;

export type Topic = keyof typeof topics;

/** How a sentence names the topics that their own word does not name well. */
export const topicNames: Readonly<Partial<Record<Topic, string>>> = {
  people: 'how people live',
  astronomy: 'the sky',
};

/** True for the names of topics. */
export function isTopic(word: string): word is Topic {
  return Object.hasOwn(topics, word);
}

/** The topics a list of interests asks for. Interests that no fact speaks to, such as food, ask for none. */
export function topicsOf(interests: readonly string[]): ReadonlySet<Topic> {
  const wanted = new Set(interests.map((interest) => interest.trim().toLowerCase()));
  const asked = Object.entries(topics).filter(([, words]) => words.some((word) => wanted.has(word)));
  return new Set(asked.map(([topic]) => topic).filter(isTopic));
}
