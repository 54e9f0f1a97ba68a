import { BlockList, isIP } from 'node:net';
import { callbackPorts } from '../catalog/webhooks.ts';

/**
 * What is wrong with a callback URL as far as its text tells; undefined when nothing is. A name is not looked up here: whoever connects must
 * also ask `isPublicAddress` of every address that the name leads to at that moment. `testOrigins` are let through whatever they are.
 */
export function callbackObjection(
  text: string,
  testOrigins: readonly string[] = [],
  ports: readonly number[] = callbackPorts,
): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:') return 'must be an https URL';
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  if (text.includes('#')) return 'must not contain a fragment';
  if (testOrigins.includes(url.origin)) return undefined;
  if (!ports.includes(Number(url.port || HTTPS_PORT))) return `must use port ${ports.join(' or ')}`;
  return hostObjection(hostOf(url));
}

/** The name or address of the URL's host, an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/**
 * Whether an address is one of the public internet: not loopback, private, link-local, shared, multicast, of documentation or otherwise
 * reserved, and none that carries an IPv4 address within (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(text: string): boolean {
  switch (isIP(text)) {
    case 4:
      return !specialIpv4.check(text, 'ipv4');
    case 6:
      return !text.includes('%') && globalIpv6.check(text, 'ipv6') && !specialIpv6.check(text, 'ipv6');
    default:
      return false;
  }
}

/** The one that a URL leaves out. */
const HTTPS_PORT = 443;

/** https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast */
const specialIpv4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** All of IPv6 that is given out so far: https://www.iana.org/assignments/ipv6-address-space */
const globalIpv6 = listOf('ipv6', [['2000::', 3]]);

/** What of it is special: https://www.iana.org/assignments/iana-ipv6-special-registry */
const specialIpv6 = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]);

function listOf(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}

function hostObjection(host: string): string | undefined {
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : NOT_PUBLIC;
  const labels = host.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  return labels.length < 2 || privateNames.includes(last) ? NOT_PUBLIC : undefined;
}

const NOT_PUBLIC = 'must lead to the public internet';

/** Names that never are: https://www.iana.org/assignments/special-use-domain-names, and `internal`, which ICANN keeps for private networks. */
const privateNames: readonly string[] = ['localhost', 'local', 'internal', 'arpa', 'invalid', 'test', 'onion', 'alt'];
