import { describe, expect, it } from 'vitest';
import { withMore, withoutNewPart } from '../../../shared/domain/stored-value.ts';

/** The largest text that, as JSON with its quotes, is 2 KiB. */
const largestInline = 'x'.repeat(2_046);

const story = { title: 'Tucumcari', content: 'x'.repeat(5_000), facts: [{ text: 'a' }] };
const known = { value: story, as: { part: 'P#result#1#1' } };

describe('a value', () => {
  it.each([
    ['is in the head up to 2 KiB of JSON', largestInline, { inline: largestInline }],
    ['is a part beyond', `${largestInline}x`, undefined],
    ['is measured in bytes, not in characters', `${largestInline.slice(1)}é`, undefined],
  ])('%s', (_, value, stored) => {
    expect(withoutNewPart(value, undefined)).toEqual(stored);
  });

  it('that is small needs no part, whatever is known', () => {
    expect(withoutNewPart({ title: 'Tucumcari' }, known)).toEqual({ inline: { title: 'Tucumcari' } });
  });

  it.each([
    ['adds a field', { ...story, audio_key: 'a.mp3' }, { audio_key: 'a.mp3' }],
    ['changes one', { ...story, title: 'Tucumcari, spoken' }, { title: 'Tucumcari, spoken' }],
    ['changes one within', { ...story, facts: [{ text: 'b' }] }, { facts: [{ text: 'b' }] }],
    ['adds null', { ...story, audio_key: null }, { audio_key: null }],
    ['adds as much as the head takes', { ...story, a: 'x'.repeat(2_040) }, { a: 'x'.repeat(2_040) }],
  ])('that %s keeps the part, and this beside it', (_, value, more) => {
    expect(withoutNewPart(value, known)).toEqual({ ...known.as, more });
    expect(withMore(story, { ...known.as, more })).toEqual(value);
  });

  it('that is the same is stored as it is', () => {
    expect(withoutNewPart(structuredClone(story), known)).toStrictEqual(known.as);
    expect(withoutNewPart({ ...story, audio_key: undefined }, known)).toStrictEqual(known.as);
    expect(withMore(story, known.as)).toBe(story);
  });

  it('that adds to what was added before keeps both, and the later of two', () => {
    const as = { ...known.as, more: { audio_key: 'a.mp3', audio_duration: 3 } };
    const spoken = { ...story, ...as.more };
    const later = { ...spoken, audio_key: 'b.mp3', audio_words_key: 'b.json' };
    expect(withoutNewPart(later, { value: spoken, as })).toEqual({
      ...known.as,
      more: { audio_key: 'b.mp3', audio_duration: 3, audio_words_key: 'b.json' },
    });
  });

  it.each([
    ['lacks a field', { title: story.title, content: story.content }],
    ['has lost one', { ...story, facts: undefined }],
    ['adds more than the head takes', { ...story, a: 'x'.repeat(2_041) }],
    ['is a list', [story]],
    ['is a text', story.content],
  ])('that %s is a part of its own', (_, value) => {
    expect(withoutNewPart(value, known)).toBeUndefined();
  });

  it.each([
    ['a list', [story]],
    ['a text', 'y'],
    ['null', null],
  ])('that takes the place of %s is a part of its own', (_, value) => {
    expect(withoutNewPart(story, { value, as: known.as })).toBeUndefined();
  });

  it('that adds to what is in the head is a part of its own', () => {
    const small = { title: 'Tucumcari' };
    expect(withoutNewPart(story, { value: small, as: { inline: small } })).toBeUndefined();
  });
});
