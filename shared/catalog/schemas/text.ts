import * as z from 'zod';

/** One line of human text: trimmed, 1 to `longest` UTF-16 units, something to see, no control characters, nothing that turns other text around. */
export function line(longest: number) {
  return visible(longest).regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202D\u202E]+$/u, 'must be one line of printable text');
}

/** Text of several lines, with something to see: tabs and line feeds are welcome, other control characters are not. */
export function paragraphs(longest: number) {
  return visible(longest).regex(/^[^\p{Cc}]*(?:[\t\n\r][^\p{Cc}]*)*$/u, 'must not contain control characters');
}

/** Not of spaces and invisible characters alone, such as U+200B, which trimming leaves. */
function visible(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^(?![\p{C}\p{Z}]+$)/u, 'must have a character that can be seen');
}
