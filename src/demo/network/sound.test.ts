// The sound of a call against a server of our own that takes its time. (That it is heard is tested with the network.)

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { Sound } from './sound.ts';

/** Takes a WebSocket only when told to; gives the bytes of sound that have come. */
async function slowServer() {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'media' });
  const asked = once(http, 'upgrade');
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/media/1`,
    async take() {
      const [request, socket, head] = await asked;
      return new Promise<Buffer>((resolve) => {
        sockets.handleUpgrade(request, socket, head, (open) => {
          open.once('message', (data) => resolve(data as Buffer));
        });
      });
    },
    close: () => {
      for (const open of sockets.clients) open.terminate();
      http.close();
    },
  };
}

test('a call that is up before the way of its sound is open sends its tone all the same', async () => {
  const server = await slowServer();
  const sound = new Sound({ url: server.url, toneHz: 800, others: () => [], now: () => performance.now() });
  try {
    sound.start();
    expect((await server.take()).length).toBe(8_000); // a second of it
  } finally {
    sound.close();
    server.close();
  }
});
