import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSsml } from '../../../shared/speech/ssml.ts';

describe('toSsml', () => {
  it.each([
    ['Tom & Jerry: 3 < 5 > 2', 'Tom &amp; Jerry: 3 &lt; 5 &gt; 2'],
    [`She said "it's here"`, 'She said &quot;it&apos;s here&quot;'],
    ['Rock &amp; Roll', 'Rock &amp; Roll'],
    ['caf&#233; &#x1F600; &nbsp;end', 'café 😀 \u00A0end'],
    ['AT&T; R&D', 'AT&amp;T; R&amp;D'],
    ['<b>bold</b>', '&lt;b&gt;bold&lt;/b&gt;'],
    ['</prosody></speak><speak>', '&lt;/prosody&gt;&lt;/speak&gt;&lt;speak&gt;'],
    ['&lt;break time="9s"/&gt;', '&lt;break time=&quot;9s&quot;/&gt;'],
    ['a\u0008b\u0000c\uFFFEd', 'abcd'],
    ['half \uD83D emoji \uDE00 and a whole 😀', 'half  emoji  and a whole 😀'],
    ['&#8; &#xD800; &#x110000;', '  '],
  ])('speaks %j as text', (text, spoken) => {
    expect(toSsml(text, 95)).toBe(`<speak><prosody rate="95%">${spoken}</prosody></speak>`);
  });

  it('is a well-formed document with no tag but its own, whatever the text', () => {
    fc.assert(
      fc.property(awkwardText, (text) => {
        const inner = /^<speak><prosody rate="100%">(.*)<\/prosody><\/speak>$/su.exec(toSsml(text, 100))?.[1];
        expect(inner).toBeDefined();
        expect(inner).toMatch(/^(?:[^&<>"'\p{Cs}]|&(?:amp|lt|gt|quot|apos);)*$/u);
        expect(inner).not.toMatch(forbiddenInXml);
      }),
    );
  });

  it('speaks every allowed character exactly once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[&;]/u.test(text) && !forbiddenInXml.test(text));
        expect(unescapeXml(toSsml(text, 100).slice(28, -18))).toBe(text);
      }),
    );
  });
});

/** Any UTF-16, lone surrogates and control characters too, mixed with the pieces that break naive escaping. */
const awkwardText = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('&amp;', '&', '<b>', '</speak>', '\uD800', '&#0;', '"')),
  )
  .map((pieces) => pieces.join(''));

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
const forbiddenInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u;

function unescapeXml(text: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replaceAll(/&(\w+);/gu, (_, name: string) => characters[name] ?? '?');
}
