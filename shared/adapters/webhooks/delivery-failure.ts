import type { DeliveryFailure } from '../../catalog/webhooks.ts';
import { PrivateAddressError } from './public-addresses.ts';

/**
 * Why no answer was heard, by the error's code, never by its message.
 * @see https://nodejs.org/api/dns.html#error-codes
 * @see https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
export function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof PrivateAddressError) return 'address_refused';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (unknownName.has(code)) return 'name_unknown';
  return untrusted.test(code) ? 'certificate_refused' : 'connection_failed';
}

const unknownName: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EAI_AGAIN', 'EAI_FAIL']);

const untrusted = /CERT|SIGNATURE|^HOSTNAME_MISMATCH$|^INVALID_(?:CA|PURPOSE)$/;
