import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { SignJWT } from 'jose';
import { type Clock, systemClock } from '../clock.ts';
import { loadSigningKey } from './signing-key.ts';

export interface IssuerOptions {
  /** The fixed name in every token's `iss`, without a closing slash; the address changes with the port. */
  readonly name: string;
  /** Where the private key is kept from one start to the next. */
  readonly keyFile: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly clock?: Clock;
}

export interface TokenRequest {
  /** Becomes `sub`. */
  readonly owner: string;
  /** Scopes separated by spaces. */
  readonly scope: string;
  readonly lifetimeSeconds: number;
  readonly audience: string;
}

export interface Issuer {
  readonly url: string;
  issueToken(request: TokenRequest): Promise<string>;
  close(): Promise<void>;
}

/**
 * A small OpenID Connect issuer on loopback: it publishes its discovery document and public key, and makes access tokens
 * for whoever runs this process. There is no token endpoint.
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export async function startIssuer({ name, keyFile, port, clock = systemClock }: IssuerOptions): Promise<Issuer> {
  const key = await loadSigningKey(keyFile);
  const documents = new Map<string | undefined, string>([
    ['/.well-known/openid-configuration', JSON.stringify(discoveryDocument(name))],
    ['/.well-known/jwks.json', JSON.stringify({ keys: [key.publicJwk] })],
  ]);
  const server = createServer((request, response) => {
    const document = request.method === 'GET' ? documents.get(request.url) : undefined;
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    response.end(document ?? '{}');
  });
  const boundPort = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

  return {
    url: `http://127.0.0.1:${boundPort}`,
    issueToken({ owner, scope, lifetimeSeconds, audience }) {
      const issuedAt = Math.floor(clock.now() / 1000);
      return new SignJWT({ scope, client_id: audience })
        .setProtectedHeader({ alg: 'RS256', kid: key.keyId, typ: 'at+jwt' })
        .setIssuer(name)
        .setSubject(owner)
        .setAudience(audience)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(key.privateKey);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function discoveryDocument(name: string) {
  return {
    issuer: name,
    jwks_uri: `${name}/.well-known/jwks.json`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}
