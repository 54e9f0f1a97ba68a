import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';

/** The public key is kept up to two hours, as on AWS; a key id not seen yet is looked up at once. */
const KEYS_KEPT_MS = 2 * 60 * 60 * 1000;
const FETCH_LIMIT_MS = 1500;
const REMEMBERED_MS = 10_000;
const TOKENS_REMEMBERED = 1000;

export interface JwtAuthorizerOptions {
  /** The name a token must carry in `iss`; also where its discovery document is, unless `locate` says otherwise. */
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Maps an address under the issuer's name to one that answers here. */
  readonly locate?: (url: string) => string;
  readonly clock: Clock;
}

/** `requestContext.authorizer.jwt` of the event: every claim is text there. */
export interface JwtContext {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[] | null;
}

export type Authorization =
  | { readonly status: 'allowed'; readonly jwt: JwtContext }
  | { readonly status: 'unauthorized' | 'forbidden'; readonly wwwAuthenticate: string };

/** Judges the `Authorization` header of a request to a route that asks for any one of `scopes`; none asked, any token does. */
export type JwtAuthorizer = (header: string | undefined, scopes: readonly string[]) => Promise<Authorization>;

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * Checks signature (RSA only), kid, iss, aud (client_id where there is no aud), exp, nbf, iat and scope (or scp).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function jwtAuthorizer(options: JwtAuthorizerOptions): JwtAuthorizer {
  const { issuer, audience, clock } = options;
  const keys = issuerKeys(options);
  const verify = async (token: string) => {
    const currentDate = new Date(clock.now());
    const requirements = { issuer, algorithms: ['RS256', 'RS384', 'RS512'], requiredClaims: ['exp'], currentDate };
    return (await jwtVerify(token, await keys(), requirements)).payload;
  };
  const verified = remembered(verify, clock);
  return async (header, scopes) => {
    if (!header) return { status: 'unauthorized', wwwAuthenticate: 'Bearer' };
    try {
      const payload = await verified(header.replace(/^Bearer /i, ''));
      checkClaims(payload, audience, clock.now() / 1000);
      const granted = scopesOf(payload).filter((scope) => scopes.includes(scope));
      if (scopes.length > 0 && granted.length === 0) return refusal('forbidden', scopes, 'insufficient_scope');
      return { status: 'allowed', jwt: { claims: claimsAsText(payload), scopes: scopes.length > 0 ? granted : null } };
    } catch (error) {
      return refusal('unauthorized', scopes, 'invalid_token', describe(error));
    }
  };
}

/** A token that was good is not verified again for a moment, and never past its own end: the app sends the same one with every request. */
function remembered(verify: (token: string) => Promise<JWTPayload>, clock: Clock) {
  const good = new Map<string, { payload: JWTPayload; until: number }>();
  return async (token: string): Promise<JWTPayload> => {
    const known = good.get(token);
    if (known && clock.now() < known.until) return known.payload;
    good.delete(token);
    const payload = await verify(token);
    if (good.size >= TOKENS_REMEMBERED) good.clear();
    good.set(token, { payload, until: Math.min(clock.now() + REMEMBERED_MS, (payload.exp ?? 0) * 1000) });
    return payload;
  };
}

/** Fetches the discovery document with the first token and keeps it once it could be read. */
function issuerKeys({ issuer, locate = (url) => url }: JwtAuthorizerOptions): () => Promise<JWTVerifyGetKey> {
  let known: JWTVerifyGetKey | undefined;
  return async () => {
    known ??= await discover(issuer, locate);
    return known;
  };
}

async function discover(issuer: string, locate: (url: string) => string): Promise<JWTVerifyGetKey> {
  const url = locate(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_LIMIT_MS) });
  const { jwks_uri } = discoveryDocument.parse(await response.json());
  const options = { cacheMaxAge: KEYS_KEPT_MS, timeoutDuration: FETCH_LIMIT_MS, cooldownDuration: 1000 };
  const findKey = createRemoteJWKSet(new URL(locate(jwks_uri)), options);
  return (header, token) => {
    if (header?.kid === undefined) throw new errors.JWKSNoMatchingKey();
    return findKey(header, token);
  };
}

function checkClaims(payload: JWTPayload, audience: readonly string[], nowSeconds: number) {
  const intended = [payload.aud ?? payload.client_id].flat();
  if (!intended.some((name) => typeof name === 'string' && audience.includes(name))) {
    throw new errors.JWTClaimValidationFailed('the token does not have a valid audience', payload, 'aud');
  }
  if (payload.iat !== undefined && payload.iat > nowSeconds) {
    throw new errors.JWTClaimValidationFailed('the token was issued in the future', payload, 'iat');
  }
}

function scopesOf(payload: JWTPayload): readonly string[] {
  const scope = payload.scope ?? payload.scp;
  if (typeof scope === 'string') return scope.split(' ');
  return Array.isArray(scope) ? scope.map(String) : [];
}

/** Numbers become decimal text, lists `[a b]`. */
function claimsAsText(payload: JWTPayload): Record<string, string> {
  const text = (value: unknown) => {
    if (Array.isArray(value)) return `[${value.join(' ')}]`;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, text(value)]));
}

function refusal(
  status: 'unauthorized' | 'forbidden',
  scopes: readonly string[],
  error: string,
  description = 'the token has none of the scopes of the route',
): Authorization {
  const wwwAuthenticate = `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;
  return { status, wwwAuthenticate };
}

/** The words for an audience are AWS's; nothing of the token or of an inner error goes into them. */
function describe(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud' ? 'the token does not have a valid audience' : `the ${error.claim} claim is not valid`;
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'the token cannot be decoded';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature is not valid';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the signing method is not supported';
  if (error instanceof errors.JWKSNoMatchingKey) return 'the signing key is not known';
  return 'OIDC discovery endpoint communication error';
}
