import { randomBytes } from 'node:crypto';
import type { Decider } from './decide.ts';

/** A pair of keys, and the token of a session if it is a session's. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Who calls, and what it may do. */
export interface Principal {
  /** As refusals name it: `arn:aws:sts::<account>:assumed-role/<role>/<function>`. */
  readonly arn: string;
  /** Why a need of it is not met. */
  readonly refusalOf: Decider;
}

/** Who owns which access key: the owner of the machine, who may do everything, and the principals that were admitted. */
export interface Callers {
  /** Makes up credentials for a principal; they are good until the end of this start. */
  admit(principal: Principal): Credentials;
  secretOf(accessKeyId: string): string | undefined;
  /** Undefined for the owner of the machine. */
  principalOf(accessKeyId: string): Principal | undefined;
}

/** Knows only the owner of the machine at first. */
export function createCallers(owner: Credentials): Callers {
  const admitted = new Map<string, { readonly principal: Principal; readonly secretAccessKey: string }>();
  return {
    admit(principal) {
      const credentials = madeUpCredentials();
      admitted.set(credentials.accessKeyId, { principal, secretAccessKey: credentials.secretAccessKey });
      return credentials;
    },
    secretOf: (accessKeyId) =>
      accessKeyId === owner.accessKeyId ? owner.secretAccessKey : admitted.get(accessKeyId)?.secretAccessKey,
    principalOf: (accessKeyId) => admitted.get(accessKeyId)?.principal,
  };
}

/** A pair that nobody else has. */
export function madeUpCredentials(): Credentials {
  return {
    accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(24).toString('base64url'),
  };
}
