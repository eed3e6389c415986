// Leases of port ranges that no other Rappel on this machine gets at the same time: RTP, SIP and HTTP ports are chosen
// before the program that binds them starts, so "ask the system for a free one" is not enough. A lease is a socket with
// an abstract name, which the kernel gives to one process alone and takes back when that process dies: no lock files, no
// stale ones. Abstract names belong to a network namespace, just as ports do. Foreign programs are seen in /proc/net.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { LocalFailure } from './local-failure.ts';

export type PortLease = {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
  /** Gives the ports back. Also happens when this process ends, in whatever way. */
  release(): Promise<void>;
};

// Below the ephemeral ports of Linux (32768 and up), above the well-known ones of SIP and RTP.
const lowest = 20_000;
const highest = 32_767;
const blockPorts = 20;
const blockCount = Math.floor((highest + 1 - lowest) / blockPorts);

/**
 * `count` consecutive ports, free for UDP and TCP, the first one even (RTP wants it so). `preferredFirst`, an earlier
 * lease's `first`, is tried before any other: whoever starts again would like to have the ports of the last time.
 */
export async function leasePorts(count: number, preferredFirst?: number): Promise<PortLease> {
  if (!Number.isInteger(count) || count < 1 || count > highest + 1 - lowest) {
    throw new RangeError(`leasePorts: count must be 1 to ${highest + 1 - lowest}, not ${count}`);
  }
  const wanted = Math.ceil(count / blockPorts);
  // Each process begins elsewhere, so that processes started together seldom meet.
  const preferred = Math.floor(((preferredFirst ?? -1) - lowest) / blockPorts);
  const start = preferred >= 0 && preferred < blockCount ? preferred : Math.floor(Math.random() * blockCount);
  let tried = 0;
  while (tried < blockCount) {
    const block = (start + tried) % blockCount;
    const held = block + wanted > blockCount ? undefined : await holdBlocks(block, wanted);
    if (held) {
      const first = lowest + block * blockPorts;
      const last = first + count - 1;
      const taken = portsInUse();
      if (!range(first, last).some((port) => taken.has(port)))
        return { first, last, release: () => letGo(held) };
      await letGo(held);
    }
    tried += 1;
  }
  throw new LocalFailure(
    'port.none_free',
    `no ${count} free ports in a row between ${lowest} and ${highest}; stop programs that hold them, or other Rappels`,
  );
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** All of these blocks or none of them. */
async function holdBlocks(block: number, count: number): Promise<readonly Server[] | undefined> {
  const held: Server[] = [];
  for (let next = block; next < block + count; next += 1) {
    const server = await holdName(`rappel-ports-${lowest + next * blockPorts}`);
    if (!server) {
      await letGo(held);
      return undefined;
    }
    held.push(server);
  }
  return held;
}

/** Holds a name that no other process can hold; undefined when another one does. It keeps no program running. */
export function holdName(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ path: `\0${name}`, exclusive: true }, () => {
      server.unref();
      resolve(server);
    });
  });
}

async function letGo(held: readonly Server[]): Promise<void> {
  await Promise.all(held.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
}

/** Ports that any program of this network namespace has bound for UDP, or listens on for TCP. */
function portsInUse(): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const table of ['udp', 'udp6', 'tcp', 'tcp6']) {
    for (const line of readTable(table)) {
      const [, local, , state] = line.trim().split(/\s+/);
      // 0A is LISTEN. Other states of TCP do not keep a listener away.
      if (table.startsWith('tcp') && state !== '0A') continue;
      ports.add(Number.parseInt(local?.split(':').at(-1) ?? '', 16));
    }
  }
  return ports;
}

function readTable(name: string): string[] {
  try {
    return readFileSync(`/proc/net/${name}`, 'latin1').trim().split('\n').slice(1);
  } catch {
    // A kernel without IPv6 has no such table.
    return [];
  }
}
