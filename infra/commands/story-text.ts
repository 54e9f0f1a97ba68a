import type { StoredStory } from '../../shared/catalog/schemas/story.ts';

const widest = 88;

/** A story for reading on a terminal of `columns`: title, paragraphs, credits. */
export function storyText(story: Pick<StoredStory, 'title' | 'content' | 'credits'>, columns = widest): string {
  const width = Math.min(columns, widest);
  const paragraphs = story.content.split(/\n+/).map((paragraph) => wrapped(paragraph, width));
  const credits = story.credits.map((credit) => wrapped(credit, width));
  return [
    story.title,
    '─'.repeat(Math.min(story.title.length, width)),
    '',
    paragraphs.join('\n\n'),
    '',
    ...credits,
  ].join('\n');
}

/** Times in milliseconds, as a table in seconds with their sum given apart: some parts overlap. */
export function timesText(times: Readonly<Record<string, number>>): string {
  const widestName = Math.max(...Object.keys(times).map((name) => name.length));
  const rows = Object.entries(times).map(([name, ms]) => `  ${name.padEnd(widestName)}  ${seconds(ms)}`);
  return rows.join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2).padStart(7)} s`;
}

function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + word.length >= width) {
      lines.push(current);
      current = '';
    }
    current += current === '' ? word : ` ${word}`;
  }
  return [...lines, current].join('\n');
}
