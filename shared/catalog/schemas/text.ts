import * as z from 'zod';

/** One line of human text: trimmed, 1 to `longest` UTF-16 units, no control characters. */
export function line(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'must be one line of printable text');
}

/** Text of several lines: tabs and line feeds are welcome, other control characters are not. */
export function paragraphs(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*(?:[\t\n\r][^\p{Cc}]*)*$/u, 'must not contain control characters');
}
