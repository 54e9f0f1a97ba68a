/**
 * What only some functions may know, by the name under which it lies in SSM Parameter Store. It is put there by hand, once a stage
 * (docs/secrets.md), read when it is first needed, and never in an environment, a template or a log.
 */
export const secrets = {
  webhook_master: {
    parameter: 'webhooks/master-secret',
    means:
      'what every owner’s webhook secret is derived from; while it is exchanged, the new one, a comma, and the old one',
  },
  stripe_key: { parameter: 'stripe/secret-key', means: 'the payment provider’s secret or restricted key' },
  stripe_webhook: { parameter: 'stripe/webhook-secret', means: 'what the payment provider signs its events with' },
  partner_token: { parameter: 'partner/token', means: 'the bearer token for the reservation partner' },
} as const satisfies Record<string, { readonly parameter: string; readonly means: string }>;

export type SecretName = keyof typeof secrets;

export const secretNames = Object.keys(secrets).filter((name): name is SecretName => Object.hasOwn(secrets, name));

/** The parameter's full name in one stage. */
export function secretParameter(stage: string, name: SecretName): string {
  return `/roadtrip-jobs/${stage}/${secrets[name].parameter}`;
}

/** How long a function uses a secret before it reads it again, seconds: an exchanged one is known everywhere after that time. */
export const secretReuseSeconds = 300;
