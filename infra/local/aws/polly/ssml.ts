import { invalidSsml, readTag, type Tag } from './ssml-tags.ts';

/** A text and what its markup says of it. All offsets are UTF-16 offsets into the source. */
export interface Markup {
  readonly source: string;
  /**
   * As long as the source, without markup: a tag is spaces, `p` a paragraph separator, `s` a line separator, `break` and `sub`
   * an object replacement and fillers, an entity its character and fillers.
   */
  readonly text: string;
  /** In the order in which they end, so an inner element comes before the one around it. */
  readonly elements: readonly Element[];
  /** Characters outside tags, as written. Tags are not billed: https://docs.aws.amazon.com/polly/latest/dg/limits.html */
  readonly billedCharacters: number;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Element = Tag & Range & { readonly content: Range };

export const paragraphSeparator = '\u2029';
/** Stands for something that is spoken otherwise than written. */
export const objectReplacement = '\ufffc';
/** Fills up what is longer in the source; it goes with the character before it. */
export const filler = '\u200c';

/** Plain text as markup without tags. */
export function readPlainText(source: string): Markup {
  return { source, text: foldLines(source), elements: [], billedCharacters: countCharacters(source) };
}

/**
 * Reads SSML strictly: one `speak` root, balanced tags, no bare `&` or `<`. Throws InvalidSsmlException.
 * https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html
 */
export function readSsml(source: string): Markup {
  const elements: Element[] = [];
  const open: Element[] = [];
  let text = '';
  let billedCharacters = 0;
  for (const { 0: raw, index, groups = {} } of source.matchAll(token)) {
    const { slash, name, attributes = '', empty } = groups;
    const isOutside = open.length === 0 && raw.trim() !== '' && (elements.length > 0 || name !== 'speak');
    if (index !== text.length || isOutside) {
      throw invalidSsml(`not well-formed at character ${text.length}`);
    }
    text += name === undefined ? (entities[raw] ?? raw).padEnd(raw.length, filler) : maskTag(raw, name);
    if (name === undefined) {
      billedCharacters += countCharacters(raw);
    } else if (slash === '/') {
      const element = closeElement(open.pop(), name + attributes + empty, index, text.length);
      elements.push(element);
      text = element.name === 'sub' ? text.slice(0, element.content.start).padEnd(text.length, filler) : text;
    } else {
      const content = { start: text.length, end: text.length };
      const element = { ...readTag(name, readAttributes(attributes)), start: index, end: text.length, content };
      (empty === '/' ? elements : open).push(element);
    }
  }
  if (text.length !== source.length || open.length > 0 || elements.length === 0) {
    throw invalidSsml(`not well-formed at character ${text.length}`);
  }
  return { source, text: foldLines(text), elements, billedCharacters };
}

function maskTag(raw: string, name: string): string {
  if (name === 'break' || name === 'sub') {
    return objectReplacement.padEnd(raw.length, filler);
  }
  const separators: Readonly<Record<string, string>> = { p: paragraphSeparator, s: '\u2028' };
  return (separators[name] ?? '').padEnd(raw.length);
}

/** Characters as Amazon Polly counts them: an emoji is one. */
export function countCharacters(text: string): number {
  return [...text].length;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};
const entity = Object.keys(entities).join('|');
const attribute = `\\s+[\\w:-]+\\s*=\\s*(?:"(?:[^"<&]|${entity})*"|'(?:[^'<&]|${entity})*')`;
const tag = `<(?<slash>/?)(?<name>[a-z][\\w:-]*)(?<attributes>(?:${attribute})*)\\s*(?<empty>/?)>`;
const characters = '(?:[^<&\\p{Cc}]|[\\t\\n\\r])+';
const token = new RegExp(`${tag}|${entity}|${characters}`, 'gu');

function readAttributes(written: string): Readonly<Record<string, string>> {
  const pairs = [...written.matchAll(/([\w:-]+)\s*=\s*(["'])(.*?)\2/gs)].map(
    ([, name = '', , value = '']) => [name, value.replace(/&\w+;/g, (each) => entities[each] ?? each)] as const,
  );
  const attributes = new Map(pairs);
  if (attributes.size < pairs.length) {
    throw invalidSsml('an attribute stands twice');
  }
  return Object.fromEntries(attributes);
}

function closeElement(element: Element | undefined, name: string, contentEnd: number, end: number): Element {
  if (element?.name !== name) {
    throw invalidSsml(`</${name}> ends nothing`);
  }
  return { ...element, end, content: { start: element.end, end: contentEnd } };
}

/** An empty line ends a paragraph; a single line break is a space. */
function foldLines(text: string): string {
  return text.replace(/\r?\n[ \t]*\r?\n\s*/g, (gap) => paragraphSeparator.padEnd(gap.length)).replace(/[\r\n]/g, ' ');
}
