import { PermanentError, TransientError } from '../../domain/errors.ts';
import { type AttributedText, readAttributed } from './attributed-text.ts';

/** Longest text taken for an answer, characters; five sentences have about 700. */
const longestText = 4_000;

/**
 * Reads an answer of sentences with the facts they state. Throws a PermanentError when there is no text at all, and a TransientError when there
 * is text in another form, because another answer may be in this one.
 */
export function parseTextAnswer(answer: string): AttributedText {
  const text = withoutCodeFence(answer.slice(0, 2 * longestText).trim());
  if (text === '') throw new PermanentError('empty_answer', 'The model answered with no text.');
  if (/^[{[]/u.test(text)) throw unusable('it is JSON');
  const read = readAttributed(text);
  if (read.content === '') throw unusable('it says nothing');
  if (read.content.length > longestText) throw unusable('it is too long');
  return read;
}

/** The answer cannot be used; another one may. */
export function unusable(reason: string): TransientError {
  return new TransientError('empty_answer', `The model's answer cannot be used: ${reason}.`);
}

/** What stands in the code fence that a model may put around its whole answer. */
export function withoutCodeFence(text: string): string {
  return /^```[^\n]*\n(?<inside>[\s\S]*?)\n?```$/u.exec(text)?.groups?.inside ?? text;
}
