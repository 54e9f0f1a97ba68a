import { describe, expect, it } from 'vitest';
import { answerSimply } from '../../../shared/assistant/answer-simply.ts';
import type { Asking } from '../../../shared/assistant/asking.ts';
import { questionFacts } from '../../../shared/assistant/question-facts.ts';
import { recognizeIntent } from '../../../shared/assistant/recognize-intent.ts';
import type { Answer } from '../../../shared/domain/answer.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';

const gazetteer = await builtGazetteer();
const tucumcari = { latitude: 35.1717, longitude: -103.725 };
const at = new Date('2026-07-04T18:00:00Z');

function ask(message: string, asking: Partial<Asking> = {}): Answer | undefined {
  const recognized = recognizeIntent(message);
  return recognized && answerSimply(recognized, { location: tucumcari, at, ...asking }, gazetteer);
}
const textOf = (message: string, asking: Partial<Asking> = {}) => ask(message, asking)?.text;

describe('a simple question', () => {
  it('where are we: the place, its county, its people', () => {
    expect(textOf('Where are we?')).toBe(
      'You are in Tucumcari, Quay County, New Mexico. About 5,000 people live in Tucumcari.',
    );
  });

  it('what is near: towns with their distances in the traveller’s measures', () => {
    expect(textOf('What is nearby?')).toMatch(/^The nearest places, as the crow flies, are .* miles to the .*\./);
    expect(textOf('What is nearby?', { units: 'metric' })).toMatch(/ kilometers to the /);
  });

  it('how far: the distance and about how long a drive', () => {
    const answer = ask('How far is it to Santa Fe?');
    expect(answer?.text).toMatch(
      /^Santa Fe, New Mexico, United States is about \d+ miles to the .*, as the crow flies\./,
    );
    expect(answer?.text).toMatch(/The drive is about \d+ miles and takes about .* hours? without stops: an estimate/);
  });

  it('are we there yet: of the destination', () => {
    expect(textOf('Are we there yet?', { destination: 'Santa Fe, NM' })).toContain('Santa Fe, New Mexico');
    expect(textOf('Are we there yet?', { destination: 'Tucumcari' })).toMatch(/^You are there: this is Tucumcari/);
    expect(textOf('Are we there yet?')).toMatch(/^I do not know where you are going/);
  });

  it('how far over the sea: no drive', () => {
    expect(textOf('How far is it to Honolulu?')).not.toContain('The drive');
  });

  it('what time is it: here, in a place, at the destination', () => {
    expect(textOf('What time is it?')).toBe('It is 12:00 p.m. on July 4 here.');
    expect(textOf('What time is it in Paris?')).toMatch(/^It is 8:00 p\.m\. on July 4 in Paris\.$/);
    expect(textOf('What time is it there?', { destination: 'New York' })).toMatch(
      /^It is 2:00 p\.m\. on July 4 in New York/,
    );
    expect(textOf('What time is it there?')).toMatch(/^I do not know where you are going/);
  });

  it('when is sunset: of this day and place', () => {
    expect(textOf('When is sunset?')).toMatch(
      /^On July 4 the sun rises here at 5:\d\d a\.m\. and sets at 8:\d\d p\.m\., local time\.$/,
    );
  });

  it('help: offers the first example of each thing it can do', () => {
    expect(textOf('What can you do?')).toContain('“Where are we?”, “What is nearby?”, “How far is it to Santa Fe?”');
  });

  it.each(['Where are we?', 'What is nearby?', 'How far is it to Santa Fe?', 'When is sunset?', 'What time is it?'])(
    '“%s” without a position is told to send one',
    (message) => {
      expect(textOf(message, { location: undefined })).toMatch(/^I do not know where you are/);
    },
  );

  it('about a name that several places bear asks which one is meant', () => {
    expect(textOf('How far is it to Springfield?')).toMatch(
      /"springfield" could be Springfield, .*Name the one you mean\./,
    );
  });

  it('about such a name means the only one within a day’s drive', () => {
    expect(textOf('How far is it to Santa Fe?')).toMatch(/^Santa Fe, New Mexico, United States is /);
    expect(textOf('How far is it to Santa Fe?', { location: { latitude: 48.85, longitude: 2.35 } })).toMatch(
      /could be/,
    );
  });

  it.each([
    'How far is it to the next gas station?',
    'How far is the moon?',
    'What time is it in my heart?',
    'How far is it to <b>x</b>?',
  ])('“%s” names no place, so it is not simple', (message) => {
    expect(ask(message)).toBeUndefined();
  });

  it('at sea, at the pole and on the date line is answered all the same', () => {
    const points = [
      { latitude: 0, longitude: -140 },
      { latitude: 90, longitude: 0 },
      { latitude: -17, longitude: 180 },
    ];
    for (const location of points) {
      for (const message of ['Where are we?', 'What is nearby?', 'When is sunset?', 'What time is it?']) {
        expect(textOf(message, { location })).toMatch(/\.$/);
      }
    }
  });

  it('is answered in sentences whose facts are there, with their sources', () => {
    for (const message of ['Where are we?', 'What is nearby?', 'How far is it to Santa Fe?', 'When is sunset?']) {
      const answer = ask(message);
      const known = answer?.facts.map(({ id }) => id);
      expect(answer?.sentences.map(({ text }) => text).join(' ')).toBe(answer?.text);
      expect(new Set(answer?.sentences.flatMap(({ facts }) => facts))).toEqual(new Set(known));
      for (const { source } of answer?.facts ?? []) expect(source).not.toBe('');
    }
  });
});

describe('the facts of a question', () => {
  it('are those around, of the destination, and of the way there', () => {
    const facts = questionFacts({ location: tucumcari, destination: 'Santa Fe, NM', at }, gazetteer);
    const ids = facts.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['here', 'destination', 'distance', 'drive', 'destination-population']));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are none for one who tells neither', () => {
    expect(questionFacts({ at }, gazetteer)).toEqual([]);
    expect(questionFacts({ destination: 'Nowhere At All', at }, gazetteer)).toEqual([]);
  });
});
