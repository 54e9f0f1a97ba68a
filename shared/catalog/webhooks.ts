/** Ports that a callback may name: those of https and its usual alternative. No other service of a stranger's host can be knocked at. */
export const callbackPorts = [443, 8_443] as const;

export const longestCallbackUrl = 2_048;

/**
 * Seconds before each further attempt at a delivery; the first is made at once, all together take three days and three hours.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (Deliverability and reliability)
 */
export const deliveryRetrySeconds = [
  5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
] as const satisfies readonly number[];

/** A delivery that has not succeeded by then is given up, seconds: the waits above, some of which a receiver's `Retry-After` may lengthen. */
export const longestDeliverySeconds = 432_000;

/** A receiver must have answered by then, seconds. */
export const deliveryTimeoutSeconds = 15;

/** The longest `Retry-After` of a receiver that is heeded, seconds. */
export const longestRetryAfterSeconds = 86_400;

/** Why no answer of a receiver was heard. */
export const deliveryFailures = {
  address_refused: 'The name leads to an address that is not public, or the URL is not one that callbacks may have.',
  name_unknown: 'The name could not be found.',
  certificate_refused: 'The certificate is not one that browsers would trust for this name.',
  connection_failed: 'No connection could be made, or it broke.',
  timed_out: 'There was no answer in time.',
} as const satisfies Record<string, string>;

export type DeliveryFailure = keyof typeof deliveryFailures;
