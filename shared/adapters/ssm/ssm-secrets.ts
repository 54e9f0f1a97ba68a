import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type SecretName, secretParameter, secretReuseSeconds } from '../../catalog/secrets.ts';
import type { Now, Secrets } from '../../domain/ports.ts';

/**
 * Secrets in SSM Parameter Store, as SecureString parameters of the stage. A value is used for `secretReuseSeconds`; one that could not be read
 * is asked for again the next time.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 */
export class SsmSecrets implements Secrets {
  readonly #client: SSMClient;
  readonly #stage: string;
  readonly #now: Now;
  readonly #known = new Map<SecretName, { readonly value: Promise<string>; readonly readAt: number }>();

  constructor(client: SSMClient, stage: string, now: Now) {
    this.#client = client;
    this.#stage = stage;
    this.#now = now;
  }

  read(name: SecretName): Promise<string> {
    const known = this.#known.get(name);
    if (known && this.#now() - known.readAt < secretReuseSeconds * 1_000) return known.value;
    const value = this.#read(name);
    this.#known.set(name, { value, readAt: this.#now() });
    value.catch(() => this.#known.delete(name));
    return value;
  }

  async #read(name: SecretName): Promise<string> {
    const Name = secretParameter(this.#stage, name);
    const { Parameter } = await this.#client.send(new GetParameterCommand({ Name, WithDecryption: true }));
    if (Parameter?.Value) return Parameter.Value;
    throw new Error(`The parameter ${Name} is empty`);
  }
}
