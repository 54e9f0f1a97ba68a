import { PermanentError } from '../../domain/errors.ts';
import { type AttributedText, readAttributed } from './attributed-text.ts';
import { unusable, withoutCodeFence } from './text-answer.ts';

/** Longest title and content taken for a story, in characters; a long story of 240 words has about 1,500. */
const longestTitle = 120;
export const longestContent = 12_000;

/** A shorter content is not a story: it is a remark, or a refusal in three words. */
const shortestContent = 40;

export interface StoryText extends AttributedText {
  readonly title: string;
}

/**
 * Reads the answer form of the prompt: a title line, then paragraphs of sentences with the facts they state. Throws a PermanentError when there is no text at all,
 * and a TransientError when there is text that is not a story in this form, because another answer may be.
 */
export function parseStoryAnswer(answer: string): StoryText {
  if (answer.length > 2 * longestContent) throw unusable('it is far too long');
  const lines = withoutCodeFence(answer.trim()).split(/\r?\n/u);
  if (lines.join('').trim() === '') throw new PermanentError('empty_answer', 'The model answered with no text.');
  if (/^[{[]/u.test(lines.join('').trim())) throw unusable('it is JSON');
  const spoken = lines.slice(isRemark(lines[0]) ? 1 : 0);
  const titleAt = spoken.findIndex((line) => line.trim() !== '');
  const title = cleanTitle(spoken[titleAt] ?? '');
  const { content, sentences } = readAttributed(paragraphs(spoken.slice(titleAt + 1)));
  if (title === '' || title.length > longestTitle) throw unusable('it has no title');
  if (content.length < shortestContent) throw unusable('it has no story');
  if (content.length > longestContent) throw unusable('it is too long');
  return { title, content, sentences };
}

/** "Here is your story:" before the title. */
function isRemark(line: string | undefined): boolean {
  return line?.trim().endsWith(':') ?? false;
}

/** Models decorate titles in spite of the prompt: `# **Title: "…"**`. Cut first, so that no line makes the patterns slow. */
function cleanTitle(line: string): string {
  return line
    .slice(0, 2 * longestTitle)
    .replace(/^[\s#*_]+|[\s*_]+$/gu, '')
    .replace(/^title\s*:\s*/iu, '')
    .replace(/^["“*_]+|["”*_]+$/gu, '')
    .trim();
}

function paragraphs(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{2,}/gu, '\n\n')
    .trim();
}
