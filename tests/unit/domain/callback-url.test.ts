import { describe, expect, it } from 'vitest';
import { callbackObjection, isPublicAddress } from '../../../shared/domain/callback-url.ts';

describe('a callback URL', () => {
  it.each([
    'https://hooks.roadtrip.example/jobs',
    'https://hooks.roadtrip.example:8443/jobs?tenant=7',
    'https://xn--bcher-kva.example/',
    'https://93.184.215.14/',
    'https://[2606:4700::1111]/',
  ])('may be %s', (url) => {
    expect(callbackObjection(url)).toBeUndefined();
  });

  it.each([
    ['http://hooks.example.com/', 'must be an https URL'],
    ['ftp://hooks.example.com/', 'must be an https URL'],
    ['//hooks.example.com/', 'must be an https URL'],
    ['https://', 'must be an https URL'],
    ['https://user@hooks.example.com/', 'must not contain a user name or password'],
    ['https://:word@hooks.example.com/', 'must not contain a user name or password'],
    ['https://hooks.example.com@127.0.0.1/', 'must not contain a user name or password'],
    ['https://hooks.example.com/#x', 'must not contain a fragment'],
    ['https://hooks.example.com/#', 'must not contain a fragment'],
    ['https://hooks.example.com:80/', 'must use port 443 or 8443'],
    ['https://hooks.example.com:22/', 'must use port 443 or 8443'],
    ['https://hooks.example.com:6379/', 'must use port 443 or 8443'],
  ])('cannot be %s: it %s', (url, objection) => {
    expect(callbackObjection(url)).toBe(objection);
  });

  it.each([
    'https://localhost/',
    'https://LOCALHOST./',
    'https://api.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://ip-10-0-0-1.ec2.internal/',
    'https://intranet/',
    'https://1.0.0.10.in-addr.arpa/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://0/',
    'https://10.1.2.3/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0xa9fea9fe/',
    'https://[::1]/',
    'https://[::]/',
    'https://[fd00:ec2::254]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
  ])('cannot be %s, which is not public however it is written', (url) => {
    expect(callbackObjection(url)).toBe('must lead to the public internet');
  });

  it('may be anything https where the stage names its origin, and only there', () => {
    const origins = ['https://localhost:4443'];
    expect(callbackObjection('https://localhost:4443/hook', origins)).toBeUndefined();
    expect(callbackObjection('https://localhost:4444/hook', origins)).toBeDefined();
    expect(callbackObjection('https://localhost.:4443/hook', origins)).toBeDefined();
    expect(callbackObjection('http://localhost:4443/hook', origins)).toBeDefined();
    expect(callbackObjection('https://x@localhost:4443/hook', origins)).toBeDefined();
  });
});

describe('an address', () => {
  it.each(['1.1.1.1', '93.184.215.14', '100.63.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '192.168.255.255'],
    ['shared', '100.64.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local', '169.254.169.254'],
    ['container metadata', '169.254.170.2'],
    ['protocol assignments', '192.0.0.8'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['6to4 relays', '192.88.99.1'],
    ['benchmarking', '198.19.0.1'],
    ['multicast', '239.255.255.250'],
    ['reserved', '250.1.1.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-compatible', '::7f00:1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped, although the address within is public', '::ffff:1.1.1.1'],
    ['IPv4-translated', '::ffff:0:7f00:1'],
    ['NAT64', '64:ff9b::a9fe:a9fe'],
    ['local NAT64', '64:ff9b:1::1'],
    ['discard', '100::1'],
    ['Teredo', '2001::1'],
    ['benchmarking', '2001:2::1'],
    ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['6to4', '2002:a9fe:a9fe::'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['octal', '0177.0.0.1'],
    ['short', '127.1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('of the kind %s is not public: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
