import { CronExpressionParser } from 'cron-parser';

export interface AwsCron {
  /** The first five fields, as cron-parser reads them. */
  readonly fields: string;
  readonly matchesYear: (year: number) => boolean;
}

const LAST_YEAR = 2199;

/**
 * Reads EventBridge's six fields: minutes hours day-of-month month day-of-week (1 = SUN) year, one of the days being `?`.
 * Throws RangeError for anything else, and for `W` (nearest weekday), which is not supported here.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions
 */
export function parseAwsCron(expression: string): AwsCron {
  const parts = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = parts;
  if (parts.length !== 6 || !dayOfMonth || !dayOfWeek || !year) {
    throw new RangeError(`${expression} is neither rate(n unit) nor cron() with six fields`);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw new RangeError(`${expression}: exactly one day field must be ?`);
  if (dayOfMonth.includes('W')) throw new RangeError(`${expression}: W is not supported by the local cloud`);
  const fields = `${minutes} ${hours} ${dayOfMonth} ${month} ${daysFromSunday(dayOfWeek)}`;
  try {
    CronExpressionParser.parse(fields, { tz: 'UTC' });
  } catch (error) {
    throw new RangeError(`${expression} is not a valid cron expression`, { cause: error });
  }
  return { fields, matchesYear: yearMatcher(year, expression) };
}

/** The first time strictly after `after` (milliseconds since the epoch); undefined when the years allow none. */
export function nextCronTime(cron: AwsCron, after: number, timeZone: string): number | undefined {
  let from = after;
  for (;;) {
    const next = CronExpressionParser.parse(cron.fields, { currentDate: new Date(from), tz: timeZone }).next();
    if (next.getFullYear() > LAST_YEAR) return undefined;
    if (cron.matchesYear(next.getFullYear())) return next.getTime();
    from = Date.UTC(next.getFullYear() + 1, 0, 1) - 86_400_000;
    if (from <= next.getTime()) from = next.getTime();
  }
}

/** 1-7 from Sunday becomes 0-6; the number after `#` or `/` is a count and stays. */
function daysFromSunday(field: string): string {
  return field.replace(/(?<![#/\d])[1-7](?!\d)/g, (day) => String(Number(day) - 1));
}

function yearMatcher(field: string, expression: string): (year: number) => boolean {
  if (field === '*') return () => true;
  const tests = field.split(',').map((part) => {
    const parsed = /^(\*|\d{4})(?:-(\d{4}))?(?:\/(\d+))?$/.exec(part);
    if (!parsed) throw new RangeError(`${expression}: the year is not valid`);
    const [, from = '*', to, step] = parsed;
    const first = from === '*' ? 1970 : Number(from);
    const last = to ? Number(to) : step || from === '*' ? LAST_YEAR : first;
    return (year: number) => year >= first && year <= last && (year - first) % Number(step ?? 1) === 0;
  });
  return (year) => tests.some((matches) => matches(year));
}
