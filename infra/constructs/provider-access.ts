import type { StageSettings } from '../stage-settings.ts';
import type { Configurable } from './configurable.ts';
import { grantSecrets } from './secret-access.ts';

export interface ProviderStage {
  readonly stage: string;
  readonly settings: Pick<StageSettings, 'providers'>;
}

/** Lets a function ask the payment provider. */
export function grantPayments(fn: Configurable<'STRIPE_URL'>, { stage, settings }: ProviderStage): void {
  fn.setVariable('STRIPE_URL', settings.providers.stripe);
  grantSecrets(fn, stage, ['stripe_key']);
}

/** Lets a function reserve with the partner. */
export function grantReservations(fn: Configurable<'PARTNER_URL'>, { stage, settings }: ProviderStage): void {
  fn.setVariable('PARTNER_URL', settings.providers.partner);
  grantSecrets(fn, stage, ['partner_token']);
}

/** Lets a function tell the payment provider's events from forged ones. */
export function grantPaymentEvents(fn: Configurable<never>, { stage }: ProviderStage): void {
  grantSecrets(fn, stage, ['stripe_webhook']);
}
