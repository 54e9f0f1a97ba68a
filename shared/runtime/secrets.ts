import { createSsmClient } from '../adapters/ssm/ssm-client.ts';
import { SsmSecrets } from '../adapters/ssm/ssm-secrets.ts';
import type { Secrets } from '../domain/ports.ts';

/** The stage's secrets, each read when it is first needed. */
export function secretsOf({ STAGE }: { readonly STAGE: string }): Secrets {
  return new SsmSecrets(createSsmClient(), STAGE);
}
