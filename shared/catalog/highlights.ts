/** How much of a journey one job looks back at: together as many records as DynamoDB reads in one BatchGetItem. */
export const mostJourneyStories = 40;
export const mostJourneyPhotos = 60;

/** The longest pause between two looks whether the stories of the journey are told: some may be for tomorrow. */
export const longestJourneyLookSeconds = 120;

/** How wrong the clock of a phone may be, milliseconds. */
export const clockToleranceMilliseconds = 600_000;

/** A photo whose time is farther than this from every story of the journey was taken on another one, or by a clock that is wrong; days. */
export const farthestPhotoDays = 31;

/** A town farther away says nothing about a stop, kilometres. */
export const farthestTownOfStopKm = 100;

/** Highlights of a journey at most, by kind. */
export const mostHighlights = { story: 8, photo: 3 } as const;
