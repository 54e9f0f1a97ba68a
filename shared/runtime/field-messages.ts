import type * as z from 'zod';

/**
 * What a field must be, for the commonest mistakes, to be read after the field's path; zod's own words for all others. A schema that has
 * words of its own keeps them.
 */
export const fieldMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : `must be ${oneOf(issue.values)}`;
    case 'too_small':
      return bound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum);
    case 'invalid_format':
      return formatNames[issue.format];
    case 'invalid_key':
      return issue.issues[0]?.message;
    case 'invalid_union':
      return 'options' in issue ? choice(issue) : undefined;
    default:
      return undefined;
  }
};

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  record: 'an object',
};

const formatNames: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  url: 'must be a URL',
  datetime: 'must be an ISO 8601 date and time',
  date: 'must be an ISO 8601 date',
  regex: 'is not in the form that it must have',
};

/** What the field must be that tells which of several forms an object has. */
function choice({ options = [], discriminator = '', input }: Readonly<Choice>): string {
  const isMissing = typeof input !== 'object' || input === null || !Object.hasOwn(input, discriminator);
  return isMissing ? 'is required' : `must be ${oneOf(options)}`;
}

interface Choice {
  readonly options?: readonly unknown[];
  readonly discriminator?: string | undefined;
  readonly input?: unknown;
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.join(', ')}`;
}

function bound(origin: string, comparison: string, limit: number | bigint): string | undefined {
  if (origin === 'number' || origin === 'int') return `must be ${comparison} ${limit}`;
  if (origin === 'string') return `must have ${comparison} ${limit} character${limit === 1 ? '' : 's'}`;
  if (origin === 'array') return `must have ${comparison} ${limit} entr${limit === 1 ? 'y' : 'ies'}`;
  return undefined;
}
