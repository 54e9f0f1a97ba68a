/** The bounds of one batch. Every story is a job of its own; each of its ends rewrites the head of the batch, which they keep small. */
export const mostRoutes = 50;
export const mostThemes = 8;
export const mostStories = 200;

/** Way points a route gets a story at, for each theme. */
export const storiesPerRoute = 4;

/** Who finds the way of a route: Amazon Location on roads, or the service itself from town to town. */
export const routeFinders = ['location', 'embedded'] as const;

/** Priority of the stories of a batch: 3 keeps them on the analytics queue, where they hold nobody up. */
export const childPriority = 3;
