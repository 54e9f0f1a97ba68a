/**
 * The SSML that speaks `text` at `ratePercent` of the voice's natural pace (20 to 200). Whatever the text holds, it is spoken as
 * text: a tag in it cannot take effect, an entity such as `&amp;` is spoken as the character it stands for, and a character
 * XML forbids is left out.
 * @see https://docs.aws.amazon.com/polly/latest/dg/escapees.html reserved characters
 * @see https://docs.aws.amazon.com/polly/latest/dg/prosody-tag.html rate
 */
export function toSsml(text: string, ratePercent: number): string {
  return `${ssmlOpening(ratePercent)}${escapeText(text)}${SSML_CLOSING}`;
}

/** What stands before the text in `toSsml`. */
export function ssmlOpening(ratePercent: number): string {
  return `<speak><prosody rate="${ratePercent}%">`;
}

const SSML_CLOSING = '</prosody></speak>';

/** Characters around the text at the longest rate Polly takes, `200%`. */
export const SSML_FRAME_CHARACTERS = ssmlOpening(200).length + SSML_CLOSING.length;

/** The text as it stands between the tags. */
export function escapeText(text: string): string {
  return spokenUnits(text)
    .map((unit) => unit.ssml)
    .join('');
}

/** The smallest run of text that is escaped as one: a character, or an entity written out in the text. */
interface SpokenUnit {
  /** UTF-16 offset into the text. */
  readonly start: number;
  readonly end: number;
  /** How it is written in SSML; empty when XML forbids the character. */
  readonly ssml: string;
}

/** The text in units, in order and without gaps. */
export function spokenUnits(text: string): readonly SpokenUnit[] {
  return Array.from(text.matchAll(UNIT), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    ssml: escapeCharacter(match.groups?.entity === undefined ? match[0] : entityCharacter(match[0])),
  }));
}

/** Where the text writes an entity, as `[start, end)`: no cut may fall inside one. */
export function entityRanges(text: string): readonly (readonly [start: number, end: number])[] {
  return Array.from(text.matchAll(ENTITY), (match) => [match.index, match.index + match[0].length] as const);
}

const ENTITY = /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});/giu;
const UNIT = new RegExp(`(?<entity>${ENTITY.source})|.`, 'gisu');

const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
};

function entityCharacter(entity: string): string {
  const name = entity.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return namedEntities[name] ?? '';
  const codePoint = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return codePoint <= 0x10_ff_ff ? String.fromCodePoint(codePoint) : '';
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeCharacter(character: string): string {
  if (!XML_CHARACTER.test(character)) return '';
  return escapes[character] ?? character;
}

/** XML 1.0, production 2 (Char): a lone surrogate or a control character has no place in a document. */
const XML_CHARACTER = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]$/u;
