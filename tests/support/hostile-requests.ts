import fc from 'fast-check';
import * as z from 'zod';
import { longestBodyBytes } from '../../shared/catalog/problems.ts';
import { basePath, type RouteDefinition, type RouteName, routes } from '../../shared/catalog/routes.ts';
import type { RawRequest } from './raw-request.ts';

/** A request as an attacker, a broken client or a curious one might send it to a route. */
export interface HostileRequest extends RawRequest {
  readonly what: string;
  /** Whether it comes with a token that the route accepts. */
  readonly withToken: boolean;
}

const ulid = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';

/** Every hostile request that fits the route: its path, query, body, headers, method and token, one made wrong at a time. */
export function hostileRequests(name: RouteName): HostileRequest[] {
  const route: RouteDefinition = routes[name];
  const target = targetOf(route);
  const valid = validBody(route);
  const json = {
    'content-type': 'application/json',
    ...(route.idempotencyKey && { 'idempotency-key': 'hostile' }),
  };
  const usual = { method: route.method, target, headers: json, withToken: true };
  const withBody = route.body ? { ...usual, body: JSON.stringify(valid) } : usual;
  return [
    ...bodiesFor(route, valid).map(([what, body]) => ({ ...usual, what: `body ${what}`, body })),
    ...(route.params ? oddSegments : []).map((segment) => ({
      ...withBody,
      what: `path ${segment.slice(0, 40)}`,
      target: targetOf(route, segment),
    })),
    ...oddQueries.map((query) => ({ ...withBody, what: `query ${query.slice(0, 40)}`, target: `${target}?${query}` })),
    ...oddHeaders.map((headers) => ({
      ...withBody,
      what: `header ${JSON.stringify(headers).slice(0, 60)}`,
      headers: { ...json, ...headers },
    })),
    ...oddTokens.map((authorization) => ({
      ...withBody,
      what: `token ${authorization.slice(0, 40)}`,
      headers: { ...json, ...(authorization !== '' && { authorization }) },
      withToken: false,
    })),
    ...oddMethods.map((method) => ({ ...withBody, what: `method ${method}`, method })),
  ];
}

/** The path of a request to the route, with the same text in the place of each parameter. */
export function targetOf({ path }: RouteDefinition, segment = ulid): string {
  return `${basePath}${path.replace(/\{\w+\}/g, () => segment)}`;
}

/** The body of the route's own example, to be accepted but not to start during the test. */
function validBody({ body, jobType }: RouteDefinition): Readonly<Record<string, unknown>> {
  const example = z.record(z.string(), z.unknown()).parse(body?.meta()?.examples?.[0] ?? {});
  return jobType ? { ...example, delay: 86_400 } : example;
}

function bodiesFor({ body }: RouteDefinition, valid: Readonly<Record<string, unknown>>): [string, string | Buffer][] {
  if (!body) return [['where none is expected', '{"a":']];
  const fields = body instanceof z.ZodObject ? Object.keys(body.shape) : [];
  const perField = fields.flatMap((field, index) =>
    [0, 1, 2].map((turn): [string, string] => {
      const value = oddValues[(index * 3 + turn) % oddValues.length] ?? 'null';
      const others = JSON.stringify({ ...valid, [field]: undefined });
      return [`with ${field} ${value.slice(0, 30)}`, `${others.slice(0, -1)},${JSON.stringify(field)}:${value}}`];
    }),
  );
  const padded = [-1, 0, 1].map((more): [string, string] => {
    const text = JSON.stringify(valid);
    return [`of the limit ${more} bytes`, text + ' '.repeat(longestBodyBytes - text.length + more)];
  });
  const open = JSON.stringify(valid).slice(0, -1);
  const polluting = ['__proto__', 'constructor', 'prototype', 'toString'].map((key): [string, string] => {
    return [`with ${key}`, `${open},"${key}":{"prototype":{"polluted":true},"polluted":true}}`];
  });
  return [...perField, ...padded, ...polluting, ...oddBodies, ...anyBodies(valid), ['of all fields missing', '{}']];
}

/** Any JSON at all, and the example with any JSON in one of its fields: the same ones in every run. */
function anyBodies(valid: Readonly<Record<string, unknown>>): [string, string][] {
  const inField = fc.record({ field: fc.constantFrom(...Object.keys(valid), 'x'), value: fc.jsonValue() });
  const changed = inField.map(({ field, value }) => JSON.stringify({ ...valid, [field]: value }));
  const sampled = fc.sample(fc.oneof(fc.json({ maxDepth: 3 }), changed), { seed: 2_026, numRuns: 20 });
  return sampled.map((text, index) => [`made up ${index}`, text]);
}

const bombs = {
  /** Every element is wrong, and every one's path is as long as the name. */
  longPaths: `{"${'k'.repeat(20_000)}":[${Array.from({ length: 5_000 }, () => '"\\ud800"').join()}]}`,
  wrongElements: `{"interests":[${Array.from({ length: 20_000 }, () => '7').join()}]}`,
  unknownFields: `{${Array.from({ length: 6_000 }, (_, index) => `"f${index}":0`).join()}}`,
};

const oddBodies: [string, string | Buffer][] = [
  ...[
    '',
    ' ',
    'null',
    '[]',
    '[[]]',
    '7',
    '"text"',
    'true',
    'NaN',
    '{',
    '{"a":1,}',
    "{'a':1}",
    '\u0000',
    '\ufeff{}',
  ].map((text): [string, string] => [JSON.stringify(text), text]),
  ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['nested arrays', `{"context":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
  ['nested objects', `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`],
  ...Object.entries(bombs),
  ['the same field twice', '{"text":"a","text":7,"priority":5,"priority":"x"}'],
  ['far beyond the limit', 'x'.repeat(300_000)],
];

/** JSON texts, since not every one has a value that JSON.stringify would write so. */
const oddValues = [
  'null',
  '1e400',
  '-1e400',
  '-0',
  '"NaN"',
  '5e-324',
  '9007199254740993',
  '{}',
  '[]',
  '[null]',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud83d"',
  '"\\uffff"',
  '"🚗 مرحبا"',
  '{"__proto__":{"polluted":true}}',
  '"__proto__"',
  '"constructor"',
  'true',
  '"9999-12-31T23:59:59Z"',
  `"${'x'.repeat(30_000)}"`,
  '{"latitude":1e400,"longitude":"-0"}',
  '[[[[[[[[[[1]]]]]]]]]]',
] as const;

const oddSegments = [
  'abc',
  '',
  '.',
  '..',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%00',
  '%0d%0aset-cookie:a=b',
  '%zz',
  '%',
  '%ff%fe',
  '%F0%9F%9A%97',
  '%2F',
  '%3Fa%3Db%23c',
  '%25zz',
  '__proto__',
  'constructor',
  'toString',
  ulid.toLowerCase(),
  `8${ulid.slice(1)}`,
  `${ulid}%0a`,
  `%20${ulid}`,
  `${ulid}/`,
  'x'.repeat(2_000),
  '%E0'.repeat(300),
  '1e400',
  "'%20OR%201=1--",
  '%7Bjob_id%7D',
  '*',
] as const;

const oddQueries = [
  'limit=5&limit=6',
  'limit=1e400',
  'limit=-0',
  'limit=NaN',
  'limit=',
  'limit=5.5',
  'after=9007199254740993',
  'after=-1',
  'after[]=1',
  '__proto__=1',
  '__proto__[polluted]=1',
  'constructor=1&toString=2',
  'cursor=',
  'cursor=%00',
  'cursor=WyJhIl0',
  'cursor=%5B%22%5D',
  `cursor=${'A'.repeat(3_000)}`,
  'type=__proto__&status=constructor',
  'status=completed&status=failed',
  '%zz=%zz',
  '%F0%9F%9A%97=%ff',
  '&&==&?&',
  '='.repeat(500),
] as const;

const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': '' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/jsonp' },
  { 'content-encoding': 'gzip' },
  { 'idempotency-key': '' },
  { 'idempotency-key': '"' },
  { 'idempotency-key': 'é'.repeat(10) },
  { 'idempotency-key': 'k'.repeat(300) },
  { 'idempotency-key': '__proto__' },
  { 'if-none-match': '"' },
  { 'if-none-match': ',,,W/' },
  { accept: 'text/html' },
  { prefer: 'wait=1e400' },
  { range: 'bytes=0-1' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-filler': 'x'.repeat(11_000) },
];

const oddTokens = [
  '',
  'Bearer',
  'Bearer x.y.z',
  'Bearer  ',
  'Basic YTpi',
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.',
  'Bearer null',
  `Bearer ${'A'.repeat(9_000)}`,
  'Bearer ..',
  'Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA',
] as const;

const oddMethods = ['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE', 'PROPFIND'] as const;
