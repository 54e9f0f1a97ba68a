import { lookup } from 'node:dns/promises';
import { isPublicAddress } from '../../domain/callback-url.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name, in the order in which they should be tried. */
export type LookUp = (host: string) => Promise<readonly Address[]>;

/** The system's own: the hosts file, then DNS. */
export const lookUp: LookUp = (host) => lookup(host, { all: true });

/** The URL, or an address that its name leads to, is not public: nothing is connected to. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/**
 * The addresses of a name, asked for once. Throws PrivateAddressError if a single one is not public: a name that leads to both kinds is meant to
 * be misread. A test receiver's must be loopback instead.
 */
export async function publicAddresses(
  host: string,
  options: { readonly lookUp: LookUp; readonly signal: AbortSignal; readonly isTest: boolean },
): Promise<readonly Address[]> {
  const addresses = await beforeAbort(options.lookUp(host), options.signal);
  const isAllowed = options.isTest ? isLoopback : isPublicAddress;
  const refused = addresses.find(({ address }) => !isAllowed(address));
  if (refused) throw new PrivateAddressError(`${host} leads to ${refused.address}`);
  if (addresses.length === 0) throw new PrivateAddressError(`${host} leads nowhere`);
  return addresses;
}

/** A look-up cannot be stopped, but nobody has to wait for it. */
function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}
