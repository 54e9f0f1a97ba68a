/** Schedules an owner may have at a time: a bound on what one owner can set going, not on who may do so. */
export const mostSchedules = 50;

/** The shortest time between two runs of one schedule, seconds. */
export const shortestIntervalSeconds = 900;

/** The longest time between two runs of a rate, seconds; a cron expression may ask for rarer ones. */
export const longestIntervalSeconds = 366 * 86_400;

/** A run that could not be made at its time is still made if it is not older than this, seconds. */
export const missedRunGraceSeconds = 900;

/** How long a schedule that has had its last run can be read, days. Until then it counts as one the owner has. */
export const endedScheduleDays = 1;
