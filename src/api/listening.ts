// Where the API listens: on loopback unless told otherwise, over TLS where there is a certificate. Commands of this machine
// find it on loopback in any case: where the address that others use is another one, or speaks TLS, a second door is
// opened there for them.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './agents.ts';

export type Tls = { readonly cert: Buffer; readonly key: Buffer };

export type ListenOptions = {
  /** This port or none; or like last time where it can be had, else any free one. */
  readonly port: number | { readonly like: string | undefined };
  /** Left out: loopback. */
  readonly address?: string;
  readonly tls?: Tls;
};

export type Doors = {
  /** As other machines, or the browsers of this one, are told. */
  readonly url: string;
  /** For commands on this machine. */
  readonly localUrl: string;
  close(): Promise<void>;
};

const LOOPBACK = '127.0.0.1';
const EVERYWHERE = ['0.0.0.0', '::'];

export async function openDoors(app: App, options: ListenOptions): Promise<Doors> {
  const { address = LOOPBACK, port, tls } = options;
  const isLocal = tls === undefined && (address === LOOPBACK || EVERYWHERE.includes(address));
  const wanted = typeof port === 'number' ? port : Number(new URL(port.like ?? `http://${LOOPBACK}:0`).port);
  await listen(app, address, wanted, typeof port !== 'number');
  const { port: given } = app.server.address() as AddressInfo;
  const host = EVERYWHERE.includes(address) ? LOOPBACK : address.includes(':') ? `[${address}]` : address;
  const url = `${tls === undefined ? 'http' : 'https'}://${host}:${given}`;
  if (isLocal) return { url, localUrl: `http://${LOOPBACK}:${given}`, close: () => app.close() };
  const second = await openSecond(app);
  return {
    url,
    localUrl: `http://${LOOPBACK}:${(second.address() as AddressInfo).port}`,
    close: async () => {
      second.closeAllConnections();
      await new Promise((resolve) => second.close(resolve));
      await app.close();
    },
  };
}

function openSecond(app: App): Promise<Server> {
  const server = createServer((request, response) => app.routing(request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve(server));
  });
}

async function listen(app: App, host: string, port: number, orAny: boolean): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && orAny) {
      await app.listen({ host, port: 0 });
      return;
    }
    throw failureOf(error as NodeJS.ErrnoException, host, port);
  }
}

function failureOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): Error {
  if (code === 'EADDRNOTAVAIL') {
    const why = `the API cannot listen at ${host}: this machine does not have that address; give one of its own with --api-address`;
    return Object.assign(new Error(why), { code: 'centre.address_unknown' });
  }
  const why =
    code === 'EADDRINUSE'
      ? 'another program uses it; stop that program or give another with --api-port'
      : message;
  return Object.assign(new Error(`the API cannot have port ${port}: ${why}`), { code: 'port.in_use' });
}
