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
  ['a latitude that does not exist', { ...options, latitude: '95' }, 'location.latitude'],
  ['a latitude that is no number', { ...options, latitude: 'north' }, 'location.latitude'],
  ['an unknown length', { ...options, length: 'epic' }, 'preferences.length'],
])('%s is refused with exit code 2', (_, wrong, message) => {
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
