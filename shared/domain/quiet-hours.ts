import { instantOf, localTimeOf } from './zoned-time.ts';

interface QuietHours {
  /** `hh:mm`, by the clocks of the time zone. */
  readonly start: string;
  readonly end: string;
  readonly time_zone: string;
}

/**
 * When the quiet hours that hold at an instant end, milliseconds since the epoch; undefined when none hold. Where clocks skip the end, it is
 * the next minute that they show; a quiet hour that comes twice is quiet twice.
 */
export function quietUntil({ start, end, time_zone }: QuietHours, now: number): number | undefined {
  const local = localTimeOf(now, time_zone);
  const time = local.slice('YYYY-MM-DDT'.length);
  const isOverMidnight = end < start;
  const isQuiet = isOverMidnight ? time >= start || time < end : time >= start && time < end;
  if (!isQuiet) return undefined;
  const endsTomorrow = isOverMidnight && time >= start;
  const date = dayAfter(local.slice(0, 'YYYY-MM-DD'.length), endsTomorrow ? 1 : 0);
  const until = firstInstantFrom(`${date}T${end}`, time_zone);
  // The clocks are to be set back, and show the end a second time.
  return until > now ? until : now + MINUTE_MILLISECONDS;
}

/** The first minute from a local time on that the clocks of the zone show. */
function firstInstantFrom(localTime: string, timeZone: string): number {
  const wall = Date.parse(`${localTime}Z`);
  for (let minutes = 0; minutes <= LONGEST_SKIP_MINUTES; minutes += 1) {
    const shown = new Date(wall + minutes * MINUTE_MILLISECONDS).toISOString().slice(0, 'YYYY-MM-DDThh:mm'.length);
    const instant = instantOf(shown, timeZone);
    if (instant !== undefined) return instant;
  }
  return wall;
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

const MINUTE_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 86_400_000;

/** Samoa once skipped a day; nobody has skipped more. */
const LONGEST_SKIP_MINUTES = 24 * 60;
