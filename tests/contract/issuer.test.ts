import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Issuer, startIssuer } from '../../infra/local/issuer/issuer.ts';

const NAME = 'https://issuer.roadtrip.test';
let folder: string;
let keyFile: string;
let issuer: Issuer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'issuer-'));
  keyFile = join(folder, 'issuer-key.json');
  issuer = await startIssuer({ name: NAME, keyFile, port: 0 });
});
afterEach(async () => {
  await issuer.close();
  await rm(folder, { recursive: true });
});

const request = { owner: 'traveller-1', scope: 'jobs:read jobs:write', audience: 'roadtrip', lifetimeSeconds: 3600 };
const verify = (token: string, from: Issuer = issuer) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${from.url}/.well-known/jwks.json`)), { issuer: NAME });

test('a token can be checked with what the issuer publishes', async () => {
  const { payload, protectedHeader } = await verify(await issuer.issueToken(request));
  expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  expect(payload).toMatchObject({ iss: NAME, sub: 'traveller-1', aud: 'roadtrip', scope: 'jobs:read jobs:write' });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
});

test('the discovery document names the issuer and its keys, and no private part is published', async () => {
  const document = await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json();
  expect(document).toMatchObject({ issuer: NAME, jwks_uri: `${NAME}/.well-known/jwks.json` });
  const published = await (await fetch(`${issuer.url}/.well-known/jwks.json`)).json();
  const text = expect.any(String);
  expect(published).toEqual({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: text, n: text, e: text }] });
});

test('the key survives a restart and only its owner can read it', async () => {
  const token = await issuer.issueToken(request);
  await issuer.close();
  issuer = await startIssuer({ name: NAME, keyFile, port: 0 });
  await expect(verify(token)).resolves.toMatchObject({ payload: { sub: 'traveller-1' } });
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
});

test('a key file that holds something else is left alone and refused', async () => {
  const other = join(folder, 'notes.json');
  await writeFile(other, '{"note":"mine"}');
  await expect(startIssuer({ name: NAME, keyFile: other, port: 0 })).rejects.toThrow();
  expect((await stat(other)).size).toBe('{"note":"mine"}'.length);
});

test('there is no way to ask for a token over HTTP', async () => {
  for (const [method, path] of [
    ['POST', '/token'],
    ['GET', '/token'],
    ['POST', '/.well-known/jwks.json'],
  ] as const) {
    expect((await fetch(issuer.url + path, { method })).status).toBe(404);
  }
});
