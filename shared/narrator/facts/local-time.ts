/** What clocks and calendars of a time zone show. */
export interface LocalMoment {
  /** 0 to 23. */
  readonly hour: number;
  /** "July 4". */
  readonly date: string;
  /** Noon of that calendar day by the clock. */
  readonly noon: Date;
}

const millisecondsPerMinute = 60_000;

const dateFormat = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long', day: 'numeric' });

/** Formatters of one zone; there are some 400 zones, and a formatter takes longer to make than to use. */
const formatsByZone = new Map<string, { moment: Intl.DateTimeFormat; clock: Intl.DateTimeFormat }>();

/** The local hour and date of an instant. */
export function localMoment(instant: Date, timeZone: string): LocalMoment {
  const format = formatsOf(timeZone).moment;
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const [year, month, day, hour] = [read('year'), read('month') - 1, read('day'), read('hour')];
  const minutesFromNoon = (hour - 12) * 60 + read('minute');
  const wholeMinute = Math.floor(instant.getTime() / millisecondsPerMinute) * millisecondsPerMinute;
  return {
    hour,
    date: dateFormat.format(new Date(Date.UTC(year, month, day))),
    noon: new Date(wholeMinute - minutesFromNoon * millisecondsPerMinute),
  };
}

/** "8:12 p.m." */
export function clockTime(instant: Date, timeZone: string): string {
  const text = formatsOf(timeZone).clock.format(instant);
  return text.replace(/\s/g, ' ').replace('AM', 'a.m.').replace('PM', 'p.m.');
}

function formatsOf(timeZone: string): { moment: Intl.DateTimeFormat; clock: Intl.DateTimeFormat } {
  const known = formatsByZone.get(timeZone);
  if (known !== undefined) {
    return known;
  }
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const formats = {
    moment: new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...numeric }),
    clock: new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit' }),
  };
  formatsByZone.set(timeZone, formats);
  return formats;
}
