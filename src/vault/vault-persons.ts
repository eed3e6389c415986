// What the vault holds of one person, found by their number: its own row and those of the number with an extension, which
// have other keys. And which rows are old enough to be looked at for retention. Rows that an earlier release wrote do not
// say whose extension they are; they are opened once, and say it from then on. It must not know calls or callbacks.

import type pg from 'pg';
import type { NumberKey } from '../core/id.ts';
import { unseal } from './cipher.ts';
import type { KeyRing } from './key-file.ts';
import { e164Of } from './vault.ts';

export type HeldNumber = {
  readonly numberKey: NumberKey;
  /** E.164, and `;ext=42` behind it where it has an extension. */
  readonly number: string;
  /** UTC ms. */
  readonly createdAt: number;
};

type Row = {
  readonly number_key: NumberKey;
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
  readonly created_at: Date;
};

const PAGE_ROWS = 1_000;

export class VaultPersons {
  readonly #pool: pg.Pool;
  readonly #ring: KeyRing;

  constructor(pool: pg.Pool, ring: KeyRing) {
    this.#pool = pool;
    this.#ring = ring;
  }

  /** The keys of the rows of this number, its own and those with an extension. */
  async keysOf(mainKey: NumberKey): Promise<readonly NumberKey[]> {
    while ((await this.#sayMainKeys()) === PAGE_ROWS) {}
    const { rows } = await this.#pool.query<{ number_key: NumberKey }>(
      'select number_key from vault where main_key = $1 order by number_key',
      [mainKey],
    );
    return rows.map((row) => row.number_key);
  }

  /** Rejects with SealBroken. */
  async heldOf(keys: readonly NumberKey[]): Promise<readonly HeldNumber[]> {
    const { rows } = await this.#pool.query<Row>(
      `select number_key, key_id, nonce, ciphertext, created_at from vault
       where number_key = any($1) order by created_at, number_key`,
      [keys],
    );
    return rows.map((row) => ({
      numberKey: row.number_key,
      number: this.#opened(row),
      createdAt: row.created_at.getTime(),
    }));
  }

  /** Rows written before then, by key, those after the given one. */
  async writtenBefore(before: number, after: string, limit: number): Promise<readonly NumberKey[]> {
    const { rows } = await this.#pool.query<{ number_key: NumberKey }>(
      `select number_key from vault where created_at < to_timestamp($1::float8 / 1000) and number_key > $2
       order by number_key limit $3`,
      [before, after, limit],
    );
    return rows.map((row) => row.number_key);
  }

  #opened(row: Row): string {
    const { number_key: numberKey, key_id: keyId, nonce, ciphertext } = row;
    return unseal(this.#ring, { numberKey, keyId, nonce, ciphertext });
  }

  async #sayMainKeys(): Promise<number> {
    const { rows } = await this.#pool.query<Row>(
      `select number_key, key_id, nonce, ciphertext, created_at from vault where main_key is null
       order by number_key limit $1`,
      [PAGE_ROWS],
    );
    if (rows.length === 0) return 0;
    const said = rows.map((row) => this.#ring.numberKey(e164Of(this.#opened(row))));
    await this.#pool.query(
      `update vault v set main_key = k.main from unnest($1::text[], $2::text[]) as k (own, main)
       where v.number_key = k.own`,
      [rows.map((row) => row.number_key), said],
    );
    return rows.length;
  }
}
