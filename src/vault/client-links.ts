// The link that a client is sent: 192 random bits as base64url, kept only as a hash, so that whoever reads the database
// has no link that works. It leads to one callback and goes on for some days after that has ended. Here and not among
// accounts, because it is a part of what belongs to one person, and is erased with them.
// The table is found by the hash: how long a look-up takes says nothing of a token, and every wrong one is answered alike.

import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { CallbackId, NumberKey } from '../core/id.ts';

const TOKEN_BYTES = 24;
const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** What the pages ask. */
export interface LinkRoom {
  /** A new token for this callback; those before it go on working. `expiresAt`: of one that has ended already. */
  linkOf(callback: CallbackId, numberKey: NumberKey, expiresAt?: number | null): Promise<string>;
  /** Null: unknown, expired, erased or not even of the right form; which of these is not said. */
  callbackOfLink(token: string): Promise<CallbackId | null>;
  /** The number that the links of this callback belong to; null: there are none. */
  numberOfLinks(callback: CallbackId): Promise<NumberKey | null>;
  /** The client asked for another callback: the links of the one before lead to it from now on, and do not end with that. */
  moveLinks(before: CallbackId, to: CallbackId, numberKey: NumberKey): Promise<void>;
}

export type HeldLink = {
  readonly callback: number;
  readonly createdAt: number;
  /** Null: its callback has not ended. */
  readonly expiresAt: number | null;
};

export class ClientLinks implements LinkRoom {
  readonly #pool: pg.Pool;
  readonly #shard: string;
  readonly #now: () => number;

  constructor(pool: pg.Pool, shard: string, now: () => number) {
    this.#pool = pool;
    this.#shard = shard;
    this.#now = now;
  }

  async linkOf(callback: CallbackId, numberKey: NumberKey, expiresAt: number | null = null): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await this.#pool.query(
      `insert into client_link (hash, shard, callback, number_key, created_at, expires_at)
       values ($1, $2, $3, $4, $5,
         coalesce((select min(expires_at) from client_link where shard = $2 and callback = $3), $6::bigint))`,
      [hashOf(token), this.#shard, callback, numberKey, this.#now(), expiresAt],
    );
    return token;
  }

  async callbackOfLink(token: string): Promise<CallbackId | null> {
    // Asked for also when it cannot be one, so that all wrong tokens are the same to whoever asks.
    const isToken = TOKEN.test(token);
    const found = await this.#pool.query<{ callback: CallbackId }>(
      `select callback from client_link
       where hash = $1 and shard = $2 and (expires_at is null or expires_at > $3)`,
      [hashOf(isToken ? token : ''), this.#shard, this.#now()],
    );
    return found.rows[0]?.callback ?? null;
  }

  async numberOfLinks(callback: CallbackId): Promise<NumberKey | null> {
    const { rows } = await this.#pool.query<{ number_key: NumberKey }>(
      'select number_key from client_link where shard = $1 and callback = $2 order by created_at desc limit 1',
      [this.#shard, callback],
    );
    return rows[0]?.number_key ?? null;
  }

  async moveLinks(before: CallbackId, to: CallbackId, numberKey: NumberKey): Promise<void> {
    await this.#pool.query(
      `update client_link set callback = $3, number_key = $4, expires_at = null
       where shard = $1 and callback = $2`,
      [this.#shard, before, to, numberKey],
    );
  }

  /** The callbacks have ended: their links go on until then. */
  async end(callbacks: readonly number[], expiresAt: number): Promise<void> {
    await this.#pool.query(
      `update client_link set expires_at = $3
       where shard = $1 and callback = any($2) and expires_at is null`,
      [this.#shard, callbacks, expiresAt],
    );
  }

  /** Not the links themselves, which nobody has but who was sent them. */
  async ofPerson(numberKeys: readonly string[]): Promise<readonly HeldLink[]> {
    const { rows } = await this.#pool.query<HeldLink>(
      `select callback, created_at as "createdAt", expires_at as "expiresAt" from client_link
       where number_key = any($1) order by created_at`,
      [numberKeys],
    );
    return rows;
  }

  async erase(numberKey: string): Promise<number> {
    return (
      (await this.#pool.query('delete from client_link where number_key = $1', [numberKey])).rowCount ?? 0
    );
  }

  async removeExpired(): Promise<number> {
    const gone = await this.#pool.query('delete from client_link where expires_at <= $1', [this.#now()]);
    return gone.rowCount ?? 0;
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(`rappel link ${token}`).digest('hex');
}
