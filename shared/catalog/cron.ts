const minute = '[0-5]?\\d';
const hour = '(?:[01]?\\d|2[0-3])';
const dayOfMonth = '(?:0?[1-9]|[12]\\d|3[01])';
const month = '(?:0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';
const dayOfWeek = '(?:[0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)';

/**
 * The five fields of crontab(5) with lists, ranges, steps and names in capitals. The parser behind it would take more: seconds, nicknames,
 * chance, and fewer fields than five, which nobody means to write.
 */
export const cronPattern = new RegExp(`^${[minute, hour, dayOfMonth, month, dayOfWeek].map(list).join(' ')}$`);

function list(value: string): string {
  const step = '(?:/[1-9]\\d?)?';
  const one = `(?:\\*${step}|${value}(?:-${value}${step})?)`;
  return `${one}(?:,${one})*`;
}

/** Whether it is a name of the IANA time zone database; an offset is none, since it knows nothing of summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
