import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { allTemplates, unsupportedTerms } from '../../support/truth-check.ts';

const facts = [
  {
    text: 'Santa Fe, the capital of New Mexico, is about 210 kilometers (about 130 miles) to the west.',
    values: { capital: 'Santa Fe', division: 'New Mexico', distanceImperial: 'about 130 miles', year: 1912 },
  },
];

describe('the truth check', () => {
  it.each([
    'Santa Fe, the capital of New Mexico, is about 130 miles to the west.',
    'Decisions for New Mexico are made in Santa Fe, about 130 miles to the west.',
    'The capital of New Mexico is Santa Fe.',
    'It was 1912.',
  ])('passes a sentence that keeps to its facts: %s', (sentence) => {
    expect(unsupportedTerms(sentence, facts)).toEqual([]);
  });

  it.each([
    ['a wrong number', 'Santa Fe is about 131 miles to the west.', '131'],
    ['a number that is part of another', 'Santa Fe is about 13 miles to the west.', '13'],
    ['a wrong year', 'New Mexico became a state in 1911.', '1911'],
    ['a spelled number', 'Santa Fe has twelve gates.', 'twelve'],
    ['a wrong name', 'The capital of New Mexico is Albuquerque.', 'Albuquerque'],
    ['a wrong name at the beginning', 'Albuquerque is the capital of New Mexico.', 'Albuquerque'],
    ['a name put together from two', 'The capital of New Santa is Santa Fe.', 'New Santa'],
    ['a name that is part of another', 'The capital of Mexico City is Santa Fe.', 'Mexico City'],
    ['a saint from nowhere', 'In Spanish the name means Saint Faith.', 'Saint Faith'],
  ])('catches %s', (_, sentence, lie) => {
    expect(unsupportedTerms(sentence, facts)).toContain(lie);
  });
});

describe('the grammar', () => {
  it('holds no digits and no names: every capital letter begins a sentence', () => {
    const ownWords = allTemplates.map((template) => template.replace(/\{\w+\}/g, ''));
    expect(ownWords.filter((words) => /\d/.test(words) || /\p{Lu}/u.test(words.slice(1)))).toEqual([]);
  });

  it('begins its sentences with ordinary English words', () => {
    const file = createRequire(import.meta.url).resolve('an-array-of-english-words');
    const english = new Set(z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8'))));
    const firstWords = allTemplates.map((template) => /^\p{L}+/u.exec(template)?.[0]?.toLowerCase());
    expect(firstWords.filter((word) => word !== undefined && word !== 'a' && !english.has(word))).toEqual([]);
  });
});
