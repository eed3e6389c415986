// Which addresses may be reached from here. A webhook's URL is the owners', but what its name resolves to is not: without
// this, a name could lead the house to its own database or to a cloud's metadata (server-side request forgery). Names are
// resolved once, judged, and exactly the judged address is connected to, so nothing can change in between.

import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Special purpose addresses (RFC 6890 and its registry): nobody's server on the public Internet has one. */
const PRIVATE_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Of version 6 only global unicast is public, and in it not what carries an address of version 4, nor documentation. */
const PUBLIC_V6 = '2000::/3';
const PRIVATE_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const blocked = listOf(PRIVATE_V4, 'ipv4');
const publicV6 = listOf([PUBLIC_V6], 'ipv6');
const blockedV6 = listOf(PRIVATE_V6, 'ipv6');

function listOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address, bits] = range.split('/');
    list.addSubnet(address as string, Number(bits), family);
  }
  return list;
}

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  // Mapped addresses (::ffff:10.0.0.1) and NAT64 are outside of 2000::/3.
  return family === 6 && publicV6.check(address, 'ipv6') && !blockedV6.check(address, 'ipv6');
}

export type Resolve = (name: string) => Promise<readonly string[]>;

const resolveName: Resolve = async (name) => {
  const found = await lookup(name, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

/**
 * One address to connect to, or why there is none. If a name has a private address among others, none is taken: somebody
 * is playing.
 */
export async function addressOf(
  hostname: string,
  allowPrivate: boolean,
  resolve: Resolve = resolveName,
): Promise<{ readonly address: string } | { readonly refused: 'private_address' | 'name_unknown' }> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  const [address] = found;
  if (address === undefined) return { refused: 'name_unknown' };
  if (!allowPrivate && !found.every(isPublicAddress)) return { refused: 'private_address' };
  return { address };
}
