// ARI for as long as it is wanted: connects, reconnects with growing pauses, and gives events in their order. After each
// connection the owner looks at what lives (`connected`) while events wait; then they are given, then new ones as they
// come. Events of the time without a socket are lost for ever, which is why one must look. Another application of the
// same name ends it: the newer one is right, and two that fight over a socket serve nobody. It decides nothing else.

import { assert } from '../../core/assert.ts';
import {
  type AriAddress,
  type AriBody,
  AriForbidden,
  type AriOperation,
  type AriParameters,
  type AriResult,
  AriSocket,
  unsent,
} from './ari-socket.ts';
import type { AriEvent } from './ari-types.ts';

export type { AriAddress, AriAnswer, AriFailure } from './ari-socket.ts';

export type AriOwner = {
  /** A socket is open. Events wait (see `waiting`) until this resolves. A rejection closes the socket: tried again. */
  connected(waiting: readonly AriEvent[]): Promise<void>;
  event(event: AriEvent): void;
  /** The socket is gone; the next `connected` comes by itself. */
  disconnected(why: string): void;
  /** Another application took our name. Nothing more will come. */
  replaced(): void;
};

export type AriClientOptions = {
  readonly address: AriAddress;
  readonly log?: (line: string) => void;
};

const pauseMinMs = 25;
const pauseMaxMs = 2_000;
const waitingMax = 20_000;

export class AriClient {
  readonly #options: AriClientOptions;
  #owner: AriOwner | undefined;
  #socket: AriSocket | undefined;
  /** Events that wait for `connected`; undefined once they are given as they come. */
  #waiting: AriEvent[] | undefined;
  #pauseMs = pauseMinMs;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: AriClientOptions) {
    this.#options = options;
  }

  /**
   * Resolves after the first connection and its `connected`. Rejects when that did not succeed within `withinMs`, or
   * at once when the password is refused.
   */
  async open(owner: AriOwner, withinMs: number): Promise<void> {
    assert(!this.#owner, 'an ARI client is opened once');
    this.#owner = owner;
    const until = performance.now() + withinMs;
    for (;;) {
      try {
        return await this.#connect();
      } catch (error) {
        const over = performance.now() + this.#pauseMs >= until;
        if (this.#closed || over || error instanceof AriForbidden) {
          this.close();
          throw error;
        }
        await this.#pause();
      }
    }
  }

  request<O extends AriOperation>(
    operation: O,
    parameters: AriParameters<O>,
    body?: AriBody<O>,
  ): Promise<AriResult<O>> {
    if (!this.#socket) return Promise.resolve(unsent('not connected'));
    return this.#socket.request(operation, parameters, body);
  }

  /** Closes the socket; a new one is opened, and what lives is looked at again. */
  reconnect(why: string): void {
    this.#socket?.close(why);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close('closed by us');
  }

  async #connect(): Promise<void> {
    const owner = this.#owner;
    assert(owner && !this.#socket, 'one socket at a time');
    const waiting: AriEvent[] = [];
    this.#waiting = waiting;
    let socket: AriSocket | undefined;
    socket = await AriSocket.connect(this.#options.address, {
      event: (event) => this.#receive(event),
      closed: (why) => this.#lost(why),
    });
    this.#socket = socket;
    if (this.#closed) socket.close('closed by us');
    try {
      await owner.connected(waiting);
    } catch (error) {
      socket.close(error instanceof Error ? error.message : String(error));
      throw error;
    }
    if (socket.closed) throw new Error('the connection to ARI was cut at once');
    this.#pauseMs = pauseMinMs;
    // Giving one event may let another in only by a new turn of the loop, so the order holds.
    for (const event of waiting.splice(0)) this.#give(event);
    this.#waiting = undefined;
  }

  #receive(event: AriEvent): void {
    if (!this.#waiting) this.#give(event);
    else if (this.#waiting.length < waitingMax) this.#waiting.push(event);
    else this.reconnect('more events than can wait');
  }

  #give(event: AriEvent): void {
    if (this.#closed) return;
    if (event.type !== 'ApplicationReplaced') {
      this.#owner?.event(event);
      return;
    }
    this.#options.log?.(`ARI: another program took over the application "${event.application}"`);
    this.close();
    this.#owner?.replaced();
  }

  #lost(why: string): void {
    const wasGiven = this.#waiting === undefined;
    this.#socket = undefined;
    if (this.#closed) return;
    this.#options.log?.(`ARI: connection lost (${why}); connecting again`);
    // While `connected` was still at work its caller sees the closed socket and tries again.
    if (!wasGiven) return;
    this.#owner?.disconnected(why);
    this.#again();
  }

  #again(): void {
    if (this.#closed) return;
    void this.#pause()
      .then(() => (this.#closed ? undefined : this.#connect()))
      .catch((error: Error) => {
        this.#options.log?.(`ARI: ${error.message}`);
        this.#again();
      });
  }

  #pause(): Promise<void> {
    const ms = this.#pauseMs;
    this.#pauseMs = Math.min(pauseMaxMs, ms * 2);
    return new Promise((resolve) => {
      this.#timer = setTimeout(resolve, ms);
    });
  }
}
