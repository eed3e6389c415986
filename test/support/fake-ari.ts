// A WebSocket server of our own that speaks as Asterisk's ARI does: it notes what is asked, and answers as a test wants.

import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type Asked = {
  readonly method: string;
  readonly uri: string;
  readonly query: Record<string, string>;
  readonly body: unknown;
};

export class FakeAri {
  readonly server: WebSocketServer;
  readonly asked: Asked[] = [];
  readonly urls: string[] = [];
  socket!: WebSocket;
  /** The status and body of an answer; undefined gives none. */
  answer: (asked: Asked) => readonly [number, unknown] | undefined = () => [200, {}];
  connected: (socket: WebSocket) => void = () => {};
  password = 'right';
  isSilent = false;

  constructor() {
    this.server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      autoPong: false,
      verifyClient: ({ req }: { readonly req: IncomingMessage }) =>
        req.headers.authorization === `Basic ${Buffer.from(`u:${this.password}`).toString('base64')}`,
    });
    this.server.on('connection', (socket, request) => {
      this.socket = socket;
      this.urls.push(request.url ?? '');
      socket.on('ping', (data) => this.isSilent || socket.pong(data));
      socket.on('message', (data) => this.#receive(socket, JSON.parse(String(data))));
      this.connected(socket);
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  #receive(socket: WebSocket, request: Record<string, unknown>): void {
    const list = request.query_strings as { name: string; value: string }[];
    const asked: Asked = {
      method: String(request.method),
      uri: String(request.uri),
      query: Object.fromEntries(list.map(({ name, value }) => [name, value])),
      body: request.message_body === undefined ? undefined : JSON.parse(String(request.message_body)),
    };
    this.asked.push(asked);
    const answer = this.answer(asked);
    if (!answer) return;
    const [status_code, body] = answer;
    const message_body = body === undefined ? undefined : JSON.stringify(body);
    socket.send(
      JSON.stringify({ type: 'RESTResponse', request_id: request.request_id, status_code, message_body }),
    );
  }

  async close(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
