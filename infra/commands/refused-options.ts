import type * as z from 'zod';
import type { DemoOptions } from './demo-request.ts';

/** Which option makes which field of the request. */
const flags: Readonly<Record<string, { readonly flag: string; readonly option: keyof DemoOptions }>> = {
  'location.latitude': { flag: '--lat', option: 'latitude' },
  'location.longitude': { flag: '--lng', option: 'longitude' },
  'location.name': { flag: '--place', option: 'place' },
  interests: { flag: '--interests', option: 'interests' },
  'context.theme': { flag: '--theme', option: 'theme' },
  'preferences.length': { flag: '--length', option: 'length' },
};

/** What is wrong with the options, one line for each: the option as it was given, and what it may be. */
export function refusedOptionsText(issues: readonly z.core.$ZodIssue[], options: DemoOptions): string {
  return issues.map((issue) => `${given(issue.path, options)}: ${allowed(issue)}.`).join('\n');
}

/** `--lat 350`. An interest is a part of its option. */
function given(path: readonly PropertyKey[], options: DemoOptions): string {
  const field = path.filter((part) => typeof part === 'string').join('.');
  const known = flags[field];
  return known === undefined ? field : `${known.flag} ${options[known.option] ?? ''}`;
}

function allowed(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  if (issue.code === 'too_big') return `at most ${issue.maximum}${counted(issue)}`;
  if (issue.code === 'too_small') return `at least ${issue.minimum}${counted(issue)}`;
  if (issue.code === 'invalid_type') return `give a ${issue.expected}`;
  return issue.message;
}

function oneOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}

function counted({ origin, path }: { readonly origin: string; readonly path: readonly PropertyKey[] }): string {
  const isPart = typeof path.at(-1) === 'number';
  if (origin === 'string') return isPart ? ' characters each' : ' characters';
  return origin === 'array' ? ' of them' : '';
}
