import type { Fact, StoryBrief } from '../../domain/story.ts';

export type Values = Fact['values'];
export type Units = StoryBrief['units'];

const placeholder = /\{(\w+)\}/g;

/**
 * Puts values into a template: `{place}` is `values.place`; `{distance}` is `distanceMetric` or `distanceImperial` as the
 * traveller's units ask. A value may hold placeholders itself. Undefined if any is missing, so that a sentence is whole or not
 * told at all.
 */
export function fill(template: string, values: Values, units: Units, depth = 2): string | undefined {
  let isWhole = depth > 0;
  const text = template.replace(placeholder, (_, name: string) => {
    const value = values[name] ?? values[`${name}${units === 'metric' ? 'Metric' : 'Imperial'}`];
    const inner = typeof value === 'string' && value.includes('{') ? fill(value, values, units, depth - 1) : value;
    isWhole &&= inner !== undefined;
    return String(inner);
  });
  return isWhole ? text : undefined;
}

/** The sentence with a capital first letter. */
export function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
