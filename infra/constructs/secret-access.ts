import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { type SecretName, secretParameter } from '../../shared/catalog/secrets.ts';
import type { Configurable } from './configurable.ts';

/**
 * Lets a function read secrets of its stage. They are encrypted with the account's own key for SSM, which lets whoever may read a parameter decrypt
 * it (https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html).
 */
export function grantSecrets(fn: Configurable<never>, stage: string, names: readonly SecretName[]): void {
  const stack = Stack.of(fn);
  const resourceArns = names.map((name) =>
    stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: secretParameter(stage, name).slice(1) }),
  );
  Grant.addToPrincipal({ grantee: fn, actions: ['ssm:GetParameter'], resourceArns });
}
