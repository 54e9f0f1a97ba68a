/** The largest party one booking may be for, travellers. */
export const largestParty = 20;

/** How far ahead a booking may be, days. */
export const farthestBookingDays = 730;

/** The longest wish a traveller may add for the venue, UTF-16 units. */
export const longestSpecialRequests = 500;

/**
 * Currencies a booking can be paid in, with the smallest charge the payment provider takes, in minor units, and how many digits the minor unit
 * has. Those whose charges the provider counts in another unit than ISO 4217 (such as ISK and UGX) are left out.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
export const currencies = {
  AUD: { digits: 2, smallestCharge: 50 },
  CAD: { digits: 2, smallestCharge: 50 },
  CHF: { digits: 2, smallestCharge: 50 },
  DKK: { digits: 2, smallestCharge: 250 },
  EUR: { digits: 2, smallestCharge: 50 },
  GBP: { digits: 2, smallestCharge: 30 },
  JPY: { digits: 0, smallestCharge: 50 },
  MXN: { digits: 2, smallestCharge: 1_000 },
  NOK: { digits: 2, smallestCharge: 300 },
  NZD: { digits: 2, smallestCharge: 50 },
  SEK: { digits: 2, smallestCharge: 300 },
  USD: { digits: 2, smallestCharge: 50 },
} as const satisfies Record<string, { readonly digits: number; readonly smallestCharge: number }>;

export type Currency = keyof typeof currencies;

export const currencyCodes = Object.keys(currencies).filter(isCurrency);

function isCurrency(code: string): code is Currency {
  return Object.hasOwn(currencies, code);
}

/** The largest charge the payment provider takes, minor units of any currency: eight digits (the same page). */
export const largestCharge = 99_999_999;
