import type { AttributeValue } from './attribute-value.ts';
import { invalid, notImplemented } from './failure.ts';
import type { Path } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { reservedWords } from './reserved-words.ts';

/** What the rule makes of a whole expression. */
export function parseExpression<T>(expression: string, placeholders: Placeholders, rule: (tokens: Tokens) => T): T {
  const tokens = new Tokens(expression, placeholders);
  const parsed = rule(tokens);
  return tokens.peek() === '' ? parsed : tokens.fail();
}

/** Reads an expression token by token. Keywords are matched in any case of letters. */
export class Tokens {
  readonly placeholders: Placeholders;
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(expression: string, placeholders: Placeholders) {
    this.placeholders = placeholders;
    this.#tokens = expression.match(/<>|<=|>=|[#:]?\w+|\S/g) ?? [];
  }

  /** The next token, or one behind it; empty at the end. */
  peek(ahead = 0): string {
    return this.#tokens[this.#position + ahead] ?? '';
  }

  take(): string {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  /** Takes the next token if it is one of these; answers it in upper case. */
  accept(...wanted: readonly string[]): string | undefined {
    const token = this.peek().toUpperCase();
    return wanted.includes(token) ? this.take().toUpperCase() : undefined;
  }

  expect(wanted: string): void {
    if (this.accept(wanted) === undefined) this.fail();
  }

  fail(): never {
    throw invalid(`Syntax error in expression; token: "${this.peek() || '<EOF>'}"`);
  }

  /** Takes `item (separator item)*`. */
  list<T>(item: () => T, separator = ','): T[] {
    const items = [item()];
    while (this.accept(separator)) items.push(item());
    return items;
  }

  /** Takes what is between parentheses. */
  bracketed<T>(content: () => T): T {
    this.expect('(');
    const taken = content();
    this.expect(')');
    return taken;
  }

  path(): Path {
    const path = this.list(() => this.#attributeName(), '.');
    if (this.peek() === '[') throw notImplemented('list elements in a document path');
    return path;
  }

  literal(): AttributeValue {
    return this.peek().startsWith(':') ? this.placeholders.value(this.take()) : this.fail();
  }

  #attributeName(): string {
    const token = this.peek();
    if (token.startsWith('#')) return this.placeholders.name(this.take());
    if (!/^[A-Za-z]/.test(token)) this.fail();
    if (reservedWords.has(token.toUpperCase())) throw invalid(`Attribute name is a reserved keyword: ${token}`);
    return this.take();
  }
}
