import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Change, Guard } from '../../domain/change.ts';
import { storedFields } from './job-item.ts';

/** Names the latest change of a head; no part of the job. */
export const writeIdField = 'write_id';

type Expression = Pick<
  UpdateItemCommandInput,
  'ConditionExpression' | 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/**
 * A change as DynamoDB's expressions, which leave `writeId` on the item. Every name and value is a placeholder, since many field names are
 * reserved words.
 */
export function updateExpression(change: Change, writeId: string): Expression {
  const names = new Placeholders<string>('#');
  const values = new Placeholders<unknown>(':');
  const name = (field: string) => names.of(field);
  const conditions = [`attribute_exists(${name('pk')})`, ...change.when.map((guard) => condition(guard, name, values))];
  const update = [
    setClause(change, writeId, name, values),
    removeClause(change, name),
    addClause(change, name, values),
  ];
  return {
    ConditionExpression: conditions.join(' AND '),
    UpdateExpression: update.filter((clause) => clause !== '').join(' '),
    ExpressionAttributeNames: names.all(),
    ...(values.any && { ExpressionAttributeValues: marshall(values.all(), { removeUndefinedValues: true }) }),
  };
}

function condition(guard: Guard, name: (field: string) => string, values: Placeholders<unknown>): string {
  if ('anyOf' in guard) return `(${guard.anyOf.map((one) => condition(one, name, values)).join(' OR ')})`;
  if ('present' in guard) return `attribute_exists(${name(guard.present)})`;
  if ('absent' in guard) return `attribute_not_exists(${name(guard.absent)})`;
  if ('oneOf' in guard) return `${name(guard.field)} IN (${guard.oneOf.map((value) => values.of(value)).join(', ')})`;
  if ('excludes' in guard) return `NOT contains(${name(guard.field)}, ${values.of(guard.excludes)})`;
  return `${name(guard.field)} ${guard.is} ${values.of(guard.value)}`;
}

function setClause(
  { set, event }: Change,
  writeId: string,
  name: (field: string) => string,
  values: Placeholders<unknown>,
): string {
  const fields = { ...storedFields(set), [writeIdField]: writeId };
  const assignments = Object.entries(fields).map(([field, value]) => `${name(field)} = ${values.of(value)}`);
  if (event && !set.history) {
    const history = name('history');
    assignments.push(`${history} = list_append(${history}, ${values.of([event])})`);
  }
  return `SET ${assignments.join(', ')}`;
}

function removeClause({ remove }: Change, name: (field: string) => string): string {
  return remove.length === 0 ? '' : `REMOVE ${remove.map(name).join(', ')}`;
}

/** ADD raises a number, and puts into a set what it does not hold yet. */
function addClause(
  { add, include = {}, event }: Change,
  name: (field: string) => string,
  values: Placeholders<unknown>,
): string {
  const counters = Object.entries({ ...add, ...(event && { seq: 1 }) }).filter(([, by]) => by !== 0);
  const members = Object.entries(include).map(([field, member]) => [field, new Set([member])] as const);
  const additions = [...counters, ...members].map(([field, value]) => `${name(field)} ${values.of(value)}`);
  return additions.length === 0 ? '' : `ADD ${additions.join(', ')}`;
}

/** Hands out one placeholder for each distinct thing. */
class Placeholders<T> {
  readonly #prefix: string;
  readonly #things = new Map<T, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  of(thing: T): string {
    const placeholder = this.#things.get(thing) ?? `${this.#prefix}${this.#things.size}`;
    this.#things.set(thing, placeholder);
    return placeholder;
  }

  /** DynamoDB refuses an empty list of values. */
  get any(): boolean {
    return this.#things.size > 0;
  }

  all(): Record<string, T> {
    return Object.fromEntries([...this.#things].map(([thing, placeholder]) => [placeholder, thing]));
  }
}
