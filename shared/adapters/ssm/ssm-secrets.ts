import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { type SecretName, secretParameter, secretReuseSeconds } from '../../catalog/secrets.ts';
import type { Secrets } from '../../domain/ports.ts';

/**
 * Secrets in SSM Parameter Store, as SecureString parameters of the stage, kept in memory only. A value is used for `secretReuseSeconds`; one that
 * could not be read is asked for again the next time.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export class SsmSecrets implements Secrets {
  readonly #provider: SSMProvider;
  readonly #stage: string;

  constructor(client: SSMClient, stage: string) {
    this.#provider = new SSMProvider({ awsSdkV3Client: client });
    this.#stage = stage;
  }

  async read(name: SecretName): Promise<string> {
    const parameter = secretParameter(this.#stage, name);
    const value = await this.#provider.get(parameter, { decrypt: true, maxAge: secretReuseSeconds });
    if (value) return value;
    throw new Error(`The parameter ${parameter} is empty`);
  }
}
