/**
 * The instant at which the clocks of an IANA zone show a local time `YYYY-MM-DDThh:mm`, milliseconds since the epoch: the first one when they
 * show it twice, undefined when they never do because they skip it.
 */
export function instantOf(localTime: string, timeZone: string): number | undefined {
  const wall = Date.parse(`${localTime}Z`);
  const offsets = [wall - DAY_MILLISECONDS, wall + DAY_MILLISECONDS].map((near) => offsetAt(near, timeZone));
  const instants = offsets
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant, timeZone) === wall);
  return instants.length > 0 ? Math.min(...instants) : undefined;
}

/** What the clocks of an IANA zone show at an instant, `YYYY-MM-DDThh:mm`. */
export function localTimeOf(instant: number, timeZone: string): string {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 'YYYY-MM-DDThh:mm'.length);
}

/** No zone changes its clocks twice within two days. */
const DAY_MILLISECONDS = 86_400_000;

/** By how much the zone's clocks are ahead of UTC at an instant, milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000;
}
