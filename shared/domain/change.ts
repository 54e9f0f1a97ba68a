import { historyLength, type Job, type JobEvent, type SetField } from './job.ts';

/** One conditional update of one head. Adapters carry it out as it stands; nothing else writes a head after it was accepted. */
export interface Change {
  readonly transition: string;
  readonly id: string;
  /** All must hold, or nothing is written. */
  readonly when: readonly Guard[];
  readonly set: Partial<Job>;
  readonly remove: readonly OptionalField[];
  /** Raised by the given number. */
  readonly add: Partial<Record<CounterField, number>>;
  /** Put into the set of that name, which is made if it is not there. */
  readonly include?: Partial<Record<SetField, number>>;
  /** What a client sees of it. It becomes the last of `history` (unless `set` holds the whole list), and `seq` rises by one. */
  readonly event?: JobEvent;
}

/**
 * The same change for a job whose event list is full: the list is written anew without its oldest events. That is safe only if nobody
 * added an event meanwhile, so the change then also needs `seq` as seen.
 */
export function trimmed(change: Change, job: Job): Change {
  if (!change.event || job.history.length < historyLength) return change;
  return {
    ...change,
    when: [...change.when, { field: 'seq', is: '=', value: job.seq }],
    set: { ...change.set, history: [...job.history.slice(1 - historyLength), change.event] },
  };
}

export type Guard =
  | { readonly present: keyof Job }
  | { readonly absent: keyof Job }
  | { readonly field: keyof Job; readonly is: Comparison; readonly value: number | string }
  | { readonly field: keyof Job; readonly oneOf: readonly string[] }
  | { readonly field: SetField; readonly excludes: number }
  | { readonly anyOf: readonly Guard[] };

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

export type OptionalField = { [K in keyof Job]-?: undefined extends Job[K] ? K : never }[keyof Job];

type CounterField = 'visit' | 'attempt' | 'failures' | 'resends' | 'requeues';

/** Whether every guard holds for the job as given. An absent field satisfies no comparison, as in DynamoDB. */
export function holds(guards: readonly Guard[], job: Job): boolean {
  return guards.every((guard) => holdsOne(guard, job));
}

function holdsOne(guard: Guard, job: Job): boolean {
  if ('anyOf' in guard) return guard.anyOf.some((one) => holdsOne(one, job));
  if ('present' in guard) return job[guard.present] !== undefined;
  if ('absent' in guard) return job[guard.absent] === undefined;
  if ('excludes' in guard) return !job[guard.field]?.has(guard.excludes);
  const actual = job[guard.field];
  if ('oneOf' in guard) return typeof actual === 'string' && guard.oneOf.includes(actual);
  if (typeof actual === 'number' && typeof guard.value === 'number') return compare(actual, guard.is, guard.value);
  if (typeof actual === 'string' && typeof guard.value === 'string') return compare(actual, guard.is, guard.value);
  return false;
}

function compare<T extends number | string>(actual: T, is: Comparison, value: T): boolean {
  switch (is) {
    case '=':
      return actual === value;
    case '<':
      return actual < value;
    case '<=':
      return actual <= value;
    case '>':
      return actual > value;
    case '>=':
      return actual >= value;
  }
}
