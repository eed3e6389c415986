// One connection to ARI: requests and events on a single WebSocket (Asterisk 22 answers REST on it). Asterisk does the
// requests of one socket one after the other, in the order in which they were sent; callers may rely on that and need
// not await one before they send the next. A socket that falls silent is closed, never repaired: what was asked and not
// answered is then unknown, and the one who reconnects looks at what lives. It must not know what the requests mean.

import WebSocket from 'ws';
import { assert } from '../../core/assert.ts';
import type { AriEvent, AriOperations } from './ari-types.ts';

export type AriAddress = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The names under which events are wanted. Another socket with the same name takes them over. */
  readonly apps: readonly [string, ...string[]];
};

/**
 * `ari.unsent`: it certainly did not happen. `ari.unanswered`: it may have happened, now or later: never repeat it
 * blindly. `ari.refused`: Asterisk said no, with an HTTP status.
 */
export type AriFailure = {
  readonly ok: false;
  readonly code: 'ari.unsent' | 'ari.unanswered' | 'ari.refused';
  readonly status: number;
  readonly text: string;
};
export type AriAnswer<T> = { readonly ok: true; readonly value: T } | AriFailure;

export type AriOperation = keyof AriOperations;
export type AriParameters<O extends AriOperation> = AriOperations[O]['parameters'];
export type AriBody<O extends AriOperation> = AriOperations[O]['body'];
export type AriResult<O extends AriOperation> = AriAnswer<AriOperations[O]['answer']>;

export type AriListener = {
  event(event: AriEvent): void;
  /** Called once, after the open socket has closed; every open request has been answered before. */
  closed(why: string): void;
};

/** Asterisk refused the user or the password: trying again would not help. */
export class AriForbidden extends Error {}

const connectLimitMs = 5_000;
const answerLimitMs = 10_000;
const silenceLimitMs = 10_000;
const watchEveryMs = 1_000;
const openRequestsMax = 10_000;
const payloadBytesMax = 64 * 1024 * 1024;

type OpenRequest = { readonly sentAt: number; readonly done: (answer: AriAnswer<unknown>) => void };
type Response = {
  readonly type: 'RESTResponse';
  readonly request_id: string;
  readonly status_code: number;
  readonly reason_phrase?: string;
  readonly message_body?: string;
};

export class AriSocket {
  readonly #socket: WebSocket;
  readonly #listener: AriListener;
  readonly #open = new Map<string, OpenRequest>();
  readonly #watch: NodeJS.Timeout;
  #lastHeardAt = performance.now();
  #nextRequest = 0;
  #closed = false;
  #why = 'the connection was cut';

  private constructor(socket: WebSocket, listener: AriListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('pong', () => {
      this.#lastHeardAt = performance.now();
    });
    socket.on('error', (error) => {
      this.#why = error.message;
    });
    socket.on('close', () => this.#finish());
    this.#watch = setInterval(() => this.#look(), watchEveryMs);
  }

  /** Rejects with AriForbidden, or with an Error in one line that says what to mend. */
  static connect(address: AriAddress, listener: AriListener): Promise<AriSocket> {
    const url = `ws://${address.host}:${address.port}/ari/events?app=${address.apps.join(',')}`;
    const basic = Buffer.from(`${address.user}:${address.password}`).toString('base64');
    const socket = new WebSocket(url, {
      headers: { authorization: `Basic ${basic}` },
      handshakeTimeout: connectLimitMs,
      maxPayload: payloadBytesMax,
      perMessageDeflate: false,
    });
    const where = `${address.host}:${address.port}`;
    return new Promise((resolve, reject) => {
      // Listens from the first moment: events may come in the very packet that opens the socket.
      const connected = new AriSocket(socket, {
        event: (event) => listener.event(event),
        closed: (why) => {
          if (opened) listener.closed(why);
          else
            reject(
              new Error(`no ARI at ${where} (${why}); is this Asterisk running, with its HTTP server on?`),
            );
        },
      });
      let opened = false;
      socket.once('open', () => {
        opened = true;
        resolve(connected);
      });
      socket.once('unexpected-response', (_request, response) => {
        const said = `ARI at ${where} answered ${response.statusCode}`;
        if (response.statusCode === 401 || response.statusCode === 403) {
          reject(
            new AriForbidden(`${said}: it does not know this user and password; compare them with ari.conf`),
          );
        } else reject(new Error(`${said}; is this Asterisk 22 or newer, with res_ari loaded?`));
        socket.terminate();
      });
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  request<O extends AriOperation>(
    operation: O,
    parameters: AriParameters<O>,
    body?: AriBody<O>,
  ): Promise<AriResult<O>> {
    if (this.#closed || this.#socket.readyState !== WebSocket.OPEN)
      return Promise.resolve(unsent('not connected'));
    if (this.#open.size >= openRequestsMax) return Promise.resolve(unsent('too many requests are open'));
    const id = String(++this.#nextRequest);
    this.#socket.send(encodeRequest(id, operation, parameters, body));
    return new Promise((resolve) => {
      this.#open.set(id, {
        sentAt: performance.now(),
        done: (answer) => resolve(answer as AriResult<O>),
      });
    });
  }

  /** At once, without waiting for the other side. */
  close(why: string): void {
    this.#why = why;
    this.#socket.terminate();
  }

  #receive(text: string): void {
    this.#lastHeardAt = performance.now();
    const message = JSON.parse(text) as AriEvent | Response;
    if (message.type !== 'RESTResponse') {
      if (!this.#closed) this.#listener.event(message);
      return;
    }
    const request = this.#open.get(message.request_id);
    this.#open.delete(message.request_id);
    request?.done(decodeAnswer(message));
  }

  /** Requests keep their order, so the first one is the oldest. */
  #look(): void {
    const now = performance.now();
    const oldest = this.#open.values().next().value;
    if (oldest && now - oldest.sentAt > answerLimitMs) this.close('Asterisk left a request unanswered');
    else if (now - this.#lastHeardAt > silenceLimitMs) this.close('Asterisk fell silent');
    else if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
  }

  #finish(): void {
    assert(!this.#closed, 'a socket closes once');
    this.#closed = true;
    clearInterval(this.#watch);
    const unanswered: AriFailure = { ok: false, code: 'ari.unanswered', status: 0, text: this.#why };
    for (const request of this.#open.values()) request.done(unanswered);
    this.#open.clear();
    this.#listener.closed(this.#why);
  }
}

export function unsent(text: string): AriFailure {
  return { ok: false, code: 'ari.unsent', status: 0, text };
}

function encodeRequest(
  id: string,
  operation: AriOperation,
  parameters: Readonly<Record<string, unknown>>,
  body: Readonly<Record<string, unknown>> | undefined,
): string {
  const blank = operation.indexOf(' ');
  const used = new Set<string>();
  const uri = operation.slice(blank + 2).replace(/\{(\w+)\}/g, (_all, name: string) => {
    used.add(name);
    const value = parameters[name];
    assert(typeof value === 'string' && value !== '', `${operation} needs ${name}`);
    return encodeURIComponent(value);
  });
  const query = Object.entries(parameters)
    .filter(([name, value]) => !used.has(name) && value !== undefined)
    .map(([name, value]) => ({ name, value: Array.isArray(value) ? value.join(',') : String(value) }));
  return JSON.stringify({
    type: 'RESTRequest',
    request_id: id,
    method: operation.slice(0, blank),
    uri,
    query_strings: query,
    ...(body ? { content_type: 'application/json', message_body: JSON.stringify(body) } : {}),
  });
}

function decodeAnswer(response: Response): AriAnswer<unknown> {
  const text = response.message_body ?? '';
  if (response.status_code < 400) return { ok: true, value: text === '' ? undefined : JSON.parse(text) };
  return { ok: false, code: 'ari.refused', status: response.status_code, text };
}
