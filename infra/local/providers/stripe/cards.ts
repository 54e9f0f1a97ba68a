/** Why Stripe's test cards are declined; undefined for a card that is not (https://docs.stripe.com/testing#declined-payments). */
interface Decline {
  readonly code: string;
  readonly decline_code?: string;
}

const declines: Readonly<Record<string, Decline>> = {
  pm_card_chargeDeclined: { code: 'card_declined', decline_code: 'generic_decline' },
  pm_card_visa_chargeDeclined: { code: 'card_declined', decline_code: 'generic_decline' },
  pm_card_visa_chargeDeclinedInsufficientFunds: { code: 'card_declined', decline_code: 'insufficient_funds' },
  pm_card_visa_chargeDeclinedLostCard: { code: 'card_declined', decline_code: 'lost_card' },
  pm_card_visa_chargeDeclinedStolenCard: { code: 'card_declined', decline_code: 'stolen_card' },
  pm_card_chargeDeclinedExpiredCard: { code: 'expired_card' },
  pm_card_chargeDeclinedIncorrectCvc: { code: 'incorrect_cvc' },
  pm_card_authenticationRequired: { code: 'authentication_required', decline_code: 'authentication_required' },
};

const goodCards: readonly string[] = ['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex', 'pm_card_createDispute'];

/** Whether there is such a test card. */
export function isKnownCard(paymentMethod: string): boolean {
  return goodCards.includes(paymentMethod) || Object.hasOwn(declines, paymentMethod);
}

/** How the bank declines the card; undefined for one that it accepts. */
export function declineOf(paymentMethod: string): Decline | undefined {
  return declines[paymentMethod];
}

/** Whether the cardholder disputes the charge as soon as it is taken. */
export function isDisputed(paymentMethod: string): boolean {
  return paymentMethod === 'pm_card_createDispute';
}
