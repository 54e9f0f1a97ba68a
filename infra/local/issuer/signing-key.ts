import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import * as z from 'zod';

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

const rsaKey = z.object({
  kty: z.literal('RSA'),
  ...{ n: z.string(), e: z.string() },
  ...{ d: z.string(), p: z.string(), q: z.string(), dp: z.string(), dq: z.string(), qi: z.string() },
});

/** The RS256 key in `keyFile` (a JWK, readable by its owner only), made on first use. Rejects when the file holds anything else. */
export async function loadSigningKey(keyFile: string): Promise<SigningKey> {
  const jwk = existsSync(keyFile) ? await readKey(keyFile) : await createKey(keyFile);
  const { kty, n, e } = jwk;
  const keyId = await calculateJwkThumbprint({ kty, n, e });
  const privateKey = await importJWK(jwk, 'RS256');
  if (privateKey instanceof Uint8Array) throw new TypeError(`${keyFile} does not hold an RSA key`);
  return { keyId, privateKey, publicJwk: { kty, n, e, kid: keyId, alg: 'RS256', use: 'sig' } };
}

async function readKey(keyFile: string) {
  return rsaKey.parse(JSON.parse(await readFile(keyFile, 'utf8')));
}

async function createKey(keyFile: string) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = rsaKey.parse(await exportJWK(privateKey));
  await writeFile(keyFile, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
  return jwk;
}
