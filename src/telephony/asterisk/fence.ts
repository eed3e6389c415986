// The dial fence's door: Asterisk asks here whether an attempt may be dialled, and gets the number only then. The house
// decides, and has committed its decision before it answers. Whatever else comes (another path, a doubled question, an
// error, a house that takes too long) is answered NO: nothing is dialled. It keeps nothing between two questions, and the
// number goes nowhere but into the one reply.

import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assert } from '../../core/assert.ts';
import { type Dialled, fenceText } from '../../core/dialled.ts';
import { FENCE_LIMIT_SECONDS } from './dialplan.ts';

export type FenceOptions = {
  /** The same across restarts of the service: Asterisk outlives it. 0 takes a free one (tests). */
  readonly port: number;
  readonly secret: string;
  /** What to dial, or null for no. */
  readonly ask: (attempt: string) => Promise<Dialled | null>;
  readonly log?: (line: string) => void;
};

/** A little before the dialplan gives up: an answer after that would reach nobody. */
const answerLimitMs = FENCE_LIMIT_SECONDS * 1000 - 200;
const connectionsMax = 1_000;

export class DialFence {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, secret: string) {
    this.#server = server;
    this.url = fenceUrl((server.address() as AddressInfo).port, secret);
  }

  /** Rejects with one line when the port is taken. */
  static listen(options: FenceOptions): Promise<DialFence> {
    assert(
      /^[0-9a-zA-Z-]{16,}$/.test(options.secret),
      'a fence secret is 16 letters, digits or dashes, or more',
    );
    const server = createServer((request, response) => {
      void answer(options, request, response);
    });
    server.maxConnections = connectionsMax;
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message;
        reject(
          new Error(
            `the dial fence cannot have port ${options.port} (${why}); stop that program or choose another port`,
          ),
        );
      });
      server.listen(options.port, '127.0.0.1', () => resolve(new DialFence(server, options.secret)));
    });
  }

  /** From now on Asterisk reaches nobody here, which is a no. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

export function fenceUrl(port: number, secret: string): string {
  return `http://127.0.0.1:${port}/fence/${secret}`;
}

async function answer(
  options: FenceOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const attempt = readQuestion(options.secret, request);
  const dialled = attempt === undefined ? null : await askInTime(options, attempt);
  // Trusted with nothing: this is the last door before money is spent.
  const text = dialled === null ? null : fenceText(dialled);
  if (dialled !== null && text === null)
    options.log?.(`fence: ${attempt} was given something that may not be dialled; not dialled`);
  const body = text ?? 'NO';
  response.writeHead(200, {
    'content-type': 'text/plain',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(body);
}

function readQuestion(secret: string, request: IncomingMessage): string | undefined {
  const match = /^\/fence\/([0-9a-zA-Z-]+)\?attempt=([0-9a-zA-Z-]{1,64})$/.exec(request.url ?? '');
  const [, given = '', attempt] = match ?? [];
  const same = given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret));
  return request.method === 'GET' && same ? attempt : undefined;
}

async function askInTime(options: FenceOptions, attempt: string): Promise<Dialled | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      options.log?.(`fence: ${attempt} was answered too late; not dialled, and its permission is spent`);
      resolve(null);
    }, answerLimitMs);
  });
  try {
    return await Promise.race([options.ask(attempt), late]);
  } catch (error) {
    options.log?.(
      `fence: ${attempt}: ${error instanceof Error ? error.message : String(error)}; not dialled`,
    );
    return null;
  } finally {
    clearTimeout(timer);
  }
}
