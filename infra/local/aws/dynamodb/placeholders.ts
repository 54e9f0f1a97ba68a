import { type AttributeValue, parseValue } from './attribute-value.ts';
import { invalid } from './failure.ts';
import type { PlaceholderRequest } from './requests.ts';

/** The names and values that the expressions of one request refer to: each must be defined, and each must be used. */
export class Placeholders {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: ReadonlyMap<string, AttributeValue>;
  readonly #unused: Set<string>;

  constructor(request: PlaceholderRequest) {
    const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = request;
    this.#names = new Map(Object.entries(names));
    this.#values = new Map(Object.entries(values).map(([name, value]) => [name, parseValue(value)]));
    this.#unused = new Set([...this.#names.keys(), ...this.#values.keys()]);
  }

  name(placeholder: string): string {
    return this.#use(placeholder, this.#names.get(placeholder));
  }

  value(placeholder: string): AttributeValue {
    return this.#use(placeholder, this.#values.get(placeholder));
  }

  /** Call it when all expressions have been parsed. Throws ValidationException when a placeholder was defined and never used. */
  checkUse(): void {
    if (this.#unused.size > 0) throw invalid(`Placeholders defined and not used in expressions: ${[...this.#unused]}`);
  }

  #use<T>(placeholder: string, meaning: T | undefined): T {
    if (meaning === undefined) throw invalid(`A placeholder used in an expression is not defined: ${placeholder}`);
    this.#unused.delete(placeholder);
    return meaning;
  }
}
