import { expect, test } from 'vitest';
import { type DemoOptions, readDemoOptions, storyRequest } from '../../../infra/commands/demo-request.ts';
import { callersCredentials, readEndpoints, readPort } from '../../../infra/commands/local-options.ts';
import { storyText } from '../../../infra/commands/story-text.ts';

const options: DemoOptions = {
  place: undefined,
  latitude: '35.17',
  longitude: '-103.72',
  voice: undefined,
  theme: 'adventure',
  interests: 'railways, Route 66,',
  length: undefined,
};

test('a position west or south is read as it is typed, and as the demo itself says it', () => {
  const typed = { latitude: '-35.17', longitude: '-103.72' };
  expect(readDemoOptions(['--lat', '-35.17', '--lng', '-103.72'])).toMatchObject(typed);
  expect(readDemoOptions(['--lat=-35.17', '--lng=-103.72'])).toMatchObject(typed);
});

test('a position needs no place name, and interests are separated by commas', () => {
  expect(storyRequest(options)).toMatchObject({
    location: { latitude: 35.17, longitude: -103.72 },
    interests: ['railways', 'Route 66'],
    include_voice: true,
  });
});

test.each([
  ['half a position', { ...options, longitude: undefined }, 'Give --lat and --lng together'],
  ['a latitude that does not exist', { ...options, latitude: '95' }, '--lat 95: at most 90.'],
  ['a longitude that does not exist', { ...options, longitude: '-181' }, '--lng -181: at least -180.'],
  ['a latitude that is no number', { ...options, latitude: 'north' }, '--lat north: give a number.'],
  ['an unknown length', { ...options, length: 'epic' }, '--length epic: short, medium or long.'],
  ['a theme of two lines', { ...options, theme: 'sea\nsky' }, '--theme sea\nsky: must be one line of printable text.'],
  [
    'too many interests',
    { ...options, interests: 'a,b,c,d,e,f,g,h,i,j,k' },
    '--interests a,b,c,d,e,f,g,h,i,j,k: at most 10 of them.',
  ],
  ['a place with a name too long', { ...options, place: 'x'.repeat(121) }, ': at most 120 characters.'],
])('%s is refused with exit code 2, by the name of its option', (_, wrong, message) => {
  expect(() => storyRequest(wrong)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }),
  );
});

test('a story is wrapped to the terminal, paragraph by paragraph, and keeps its credits', () => {
  const content = `${'word '.repeat(30).trim()}\n\nThe end.`;
  const lines = storyText({ title: 'Tucumcari', content, credits: ['GeoNames'] }, 40).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines).toEqual(expect.arrayContaining(['Tucumcari', 'The end.', 'GeoNames']));
});

test('only services that keep nothing of ours can be replaced', () => {
  expect(readEndpoints(['polly=https://polly.example'])).toEqual({ polly: 'https://polly.example/' });
  expect(() => readEndpoints(['dynamodb=http://127.0.0.1:8000'])).toThrow('give bedrock-runtime or polly');
  expect(() => readEndpoints(['polly'])).toThrow('and a URL');
});

test('the caller’s AWS keys stay out of the functions unless an endpoint asks for them', () => {
  expect(callersCredentials({})).toBeUndefined();
});

test.each(['', '-1', '4600.5', '70000', 'http'])('"%s" is no port', (text) => {
  expect(() => readPort(text)).toThrow('give a number from 0 to 65535');
});
