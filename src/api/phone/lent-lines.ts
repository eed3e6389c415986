// Telephone lines lent to pages: a line has a password by chance, good from the moment it is lent, and one WebSocket. A
// line that nobody is joined to for a minute is taken back, password and all; who joins a line takes the place of
// whoever was joined before. It must not know whose lines these are: agents and visitors use the same.

import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { splice } from './splice.ts';

/** Where lines are written down: an Asterisk, asked by whoever may. */
export type LineBook = {
  /** The loopback port of its HTTP server, where SIP over WebSocket is below /ws. */
  readonly port: number;
  /** The SIP user name of a line. */
  userOf(line: string): string;
  /** From then on this line may register with this password, and with no other. False: it cannot be done now. */
  open(line: string, password: string): Promise<boolean>;
  close(line: string): Promise<void>;
};

/** So long a line stays lent while nobody is joined to it. */
const ALONE_MS = 60_000;

/** Of RFC 6455's private ones: why a page was let go. */
export const CLOSED = { notLent: 4401, replaced: 4409, ended: 4410 } as const;

type Lent = {
  socket: WebSocket | undefined;
  alone: ReturnType<typeof setTimeout> | undefined;
};

export class LentLines {
  readonly #book: LineBook;
  readonly #ended: (line: string) => void;
  readonly #lent = new Map<string, Lent>();

  /** `ended`: told when a line has been taken back. */
  constructor(book: LineBook, ended: (line: string) => void = () => {}) {
    this.#book = book;
    this.#ended = ended;
  }

  /** Its password; null: it cannot be had now. Who is joined stays so until somebody joins with the new one. */
  async lend(line: string): Promise<string | null> {
    const password = randomBytes(18).toString('base64url');
    if (!(await this.#book.open(line, password))) return null;
    const lent = this.#lent.get(line) ?? { socket: undefined, alone: undefined };
    this.#lent.set(line, lent);
    if (lent.socket === undefined) this.#watch(line, lent);
    return password;
  }

  join(line: string, socket: WebSocket): void {
    const lent = this.#lent.get(line);
    if (lent === undefined) {
      socket.close(CLOSED.notLent);
      return;
    }
    lent.socket?.close(CLOSED.replaced);
    lent.socket = socket;
    clearTimeout(lent.alone);
    splice(socket, this.#book.port);
    socket.once('close', () => {
      if (lent.socket !== socket) return;
      lent.socket = undefined;
      if (this.#lent.get(line) === lent) this.#watch(line, lent);
    });
  }

  isLent(line: string): boolean {
    return this.#lent.has(line);
  }

  async end(line: string): Promise<void> {
    const lent = this.#lent.get(line);
    if (lent === undefined) return;
    this.#lent.delete(line);
    clearTimeout(lent.alone);
    lent.socket?.close(CLOSED.ended);
    await this.#book.close(line);
    this.#ended(line);
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#lent.keys()].map((line) => this.end(line)));
  }

  #watch(line: string, lent: Lent): void {
    clearTimeout(lent.alone);
    lent.alone = setTimeout(() => void this.end(line), ALONE_MS).unref();
  }
}
