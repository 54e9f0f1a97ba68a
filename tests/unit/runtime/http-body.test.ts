import { beforeEach, describe, expect, it } from 'vitest';
import { deepestBody, longestBodyBytes, longestFieldPath, mostFieldsNamed } from '../../../shared/catalog/problems.ts';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { storyRoute, submitApi, type TestAnswer } from '../../support/submit-api.ts';

let api: ReturnType<typeof submitApi>;
beforeEach(() => {
  api = submitApi();
});

const story = { location: { latitude: 35.17, longitude: -103.72 } };

/** The problem document of an answer, which must be one. */
function problem({ statusCode, headers, body }: TestAnswer) {
  const document = ProblemDocument.parse(body);
  expect(document.status).toBe(statusCode);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(document).toMatchObject({ type: `/problems/${document.code}`, request_id: 'request-1' });
  return document;
}

const pathsOf = (answer: TestAnswer) => problem(answer).errors?.map(({ path }) => path);

describe('a body', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'of type "%s" is refused',
    async (type) => {
      expect(problem(await api.post(story, { headers: { 'content-type': type } })).status).toBe(415);
    },
  );

  it('of one byte too many is refused, and of no byte too many is read', async () => {
    const padded = (bytes: number) => {
      const empty = JSON.stringify({ ...story, context: { pad: '' } });
      return JSON.stringify({ ...story, context: { pad: 'x'.repeat(bytes - empty.length) } });
    };
    expect((await api.post(padded(longestBodyBytes))).statusCode).toBe(202);
    expect(problem(await api.post(padded(longestBodyBytes + 1))).status).toBe(413);
  });

  it('is measured in bytes, not in characters', async () => {
    const answer = await api.post({ ...story, context: { pad: '日'.repeat(longestBodyBytes / 3) } });
    expect(problem(answer).status).toBe(413);
  });

  it.each(['', '{', 'nothing', '{"a":1,}', '\u0000', "{'a':1}"])('that is %j is refused as malformed', async (body) => {
    expect(problem(await api.post(body))).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  it('that is not UTF-8 is refused as malformed', async () => {
    const handler = await api.send({ routeKey: storyRoute, body: '"\ufffd"' });
    expect(problem(handler).status).toBe(400);
  });

  it.each([null, [], 'text', 7, true])('that is JSON %j is told what it must be', async (body) => {
    expect(problem(await api.post(JSON.stringify(body)))).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('that nests too deep is refused, however deep', async () => {
    const deep = await api.post({ ...story, context: nested(deepestBody) });
    expect(problem(deep).errors?.[0]?.message).toContain('nested deeper');
    const bomb = `{"context":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    expect(problem(await api.post(bomb)).code).toBe('invalid_request');
  });

  it.each([
    ['unknown fields', `{${Array.from({ length: 6_000 }, (_, index) => `"f${index}":0`).join()}}`],
    ['long paths', `{"${'k'.repeat(20_000)}":[${Array(5_000).fill('"\\ud800"').join()}]}`],
  ])('with thousands of %s gets an answer no larger than itself', async (_, body) => {
    const answer = await api.post(body);
    const { errors, detail } = problem(answer);
    expect(errors).toHaveLength(mostFieldsNamed);
    expect(detail).toContain(`the first ${mostFieldsNamed} are named`);
    expect(Math.max(...(errors ?? []).map(({ path }) => path.length))).toBeLessThanOrEqual(longestFieldPath + 1);
    expect(JSON.stringify(answer.body).length).toBeLessThan(body.length);
  });

  it.each([
    ['U+FFFF', '"\uffff"'],
    ['U+FFFE', '"\ufffe"'],
    ['a lone surrogate', '"\\ud800"'],
  ])('that holds %s is told where, and nothing is written', async (_, text) => {
    const inText = `{"location":{"latitude":1,"longitude":2},"context":{"notes":["fine",${text}]}}`;
    expect(pathsOf(await api.post(inText))).toEqual(['context.notes[1]']);
    const inName = `{"location":{"latitude":1,"longitude":2},"context":{${text}:1}}`;
    expect(pathsOf(await api.post(inName))).toHaveLength(1);
    expect(api.world.store.heads.size).toBe(0);
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? 'core' : { inner: nested(levels - 1) };
}
