// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { jwtAuthorizer } from '../../infra/local/aws/apigateway/jwt-authorizer.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startIssuer } from '../../infra/local/issuer/issuer.ts';
import { loadSigningKey } from '../../infra/local/issuer/signing-key.ts';
import { ISSUER, startTestHttpApi, withToken } from '../support/local-http-api.ts';

const { folder, keyFile, issuer, call, eventOf, token, close } = await startTestHttpApi();
afterAll(close);

test('lets a token with one of the scopes in, and its claims reach the function as text', async () => {
  const event = await eventOf('/private', withToken(await token()));
  expect(event).toHaveProperty('requestContext.authorizer.jwt', {
    claims: {
      iss: ISSUER,
      sub: 'u1',
      aud: 'roadtrip',
      client_id: 'roadtrip',
      scope: 'jobs:read jobs:write',
      iat: expect.stringMatching(/^\d+$/),
      exp: expect.stringMatching(/^\d+$/),
      jti: expect.any(String),
    },
    scopes: ['jobs:read'],
  });
});

test('takes a bare token, and any scope where the route asks for none', async () => {
  const response = await call('/signed-in', { headers: { authorization: await token({ scope: 'other' }) } });
  expect(response.status).toBe(200);
  expect(await response.json()).toHaveProperty('requestContext.authorizer.jwt.scopes', null);
});

test('is a 403 without any of the scopes', async () => {
  const response = await call('/private', withToken(await token({ scope: 'jobs:write' })));
  expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
});

test('is a 401 without a token', async () => {
  const response = await call('/private');
  expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  expect(response.headers.get('www-authenticate')).toBe('Bearer');
});

test.each<[string, () => Promise<string>, string]>([
  ['expired', () => token({ lifetimeSeconds: -1 }), 'the token has expired'],
  ['for another audience', () => token({ audience: 'other' }), 'the token does not have a valid audience'],
  ['not a token', async () => 'abc', 'the token cannot be decoded'],
  [
    'signed otherwise',
    async () => (await token()).replace(/\.[^.]{20}/, `.${'A'.repeat(20)}`),
    'the signature is not valid',
  ],
  ['changed', async () => (await token()).replace(/[^.]{4}$/, 'AAAA'), 'the signature is not valid'],
  ['from another issuer', tokenOfStranger, 'the signing key is not known'],
  ['without a key id', tokenWithoutKeyId, 'the signing key is not known'],
  ['signed with a shared secret', tokenOfSecret, 'the signing method is not supported'],
])('is a 401 for a token that is %s', async (_what, make, description) => {
  const response = await call('/signed-in', withToken(await make()));
  expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  expect(response.headers.get('www-authenticate')).toBe(
    `Bearer scope="" error="invalid_token" error_description="${description}"`,
  );
});

test.each([
  ['an audience beside the client id', { aud: 'other', client_id: 'roadtrip' }, 401],
  ['only the client id', { client_id: 'roadtrip' }, 200],
  ['a list of audiences', { aud: ['other', 'roadtrip'] }, 200],
  ['another issuer', { aud: 'roadtrip', iss: 'https://other.test' }, 401],
  ['a time before which it is not valid', { aud: 'roadtrip', nbf: 32_503_680_000 }, 401],
  ['an issue time to come', { aud: 'roadtrip', iat: 32_503_680_000 }, 401],
  ['no expiry', { aud: 'roadtrip', exp: undefined }, 401],
])('judges a token with %s', async (_what, claims, status) => {
  const key = await loadSigningKey(keyFile);
  const value = await new SignJWT({ iss: ISSUER, exp: 32_503_680_000, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.keyId })
    .sign(key.privateKey);
  expect((await call('/signed-in', withToken(value))).status).toBe(status);
});

test('is a 401 while the issuer cannot be reached, and recovers', async () => {
  let address = 'http://127.0.0.1:9';
  const authorizer = jwtAuthorizer({
    issuer: ISSUER,
    audience: ['roadtrip'],
    locate: (url) => url.replace(ISSUER, address),
    clock: systemClock,
  });
  const header = await token();
  expect((await authorizer(header, [])).status).toBe('unauthorized');
  address = issuer.url;
  expect((await authorizer(header, [])).status).toBe('allowed');
});

async function tokenOfStranger(): Promise<string> {
  const stranger = await startIssuer({ name: ISSUER, keyFile: join(folder, 'stranger.json'), port: 0 });
  await stranger.close();
  return stranger.issueToken({ owner: 'u1', scope: 'jobs:read', audience: 'roadtrip', lifetimeSeconds: 60 });
}

async function tokenWithoutKeyId(): Promise<string> {
  const { privateKey } = await loadSigningKey(keyFile);
  const claims = { iss: ISSUER, aud: 'roadtrip', exp: 32_503_680_000 };
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
}

function tokenOfSecret(): Promise<string> {
  const secret = new TextEncoder().encode('a secret that is long enough for HS256');
  return new SignJWT({ aud: 'roadtrip' })
    .setProtectedHeader({ alg: 'HS256', kid: 'x' })
    .setIssuer(ISSUER)
    .setExpirationTime('1m')
    .sign(secret);
}
