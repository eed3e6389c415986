// Clients' e-mail addresses, each sealed in a row beside its number's, under the same key: with the number it is kept, and
// with the number it is erased. Given out only to be written to. It must not know why.

import type pg from 'pg';
import type { NumberKey } from '../core/id.ts';
import { seal, unseal } from './cipher.ts';
import type { KeyRing } from './key-file.ts';

/** One address and nothing that a header could be made of; the server it goes to judges the rest. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])$/;

export function isEmailAddress(text: string): boolean {
  return ADDRESS.test(text) && !text.includes('..');
}

export class EmailAddresses {
  readonly #pool: pg.Pool;
  readonly #ring: KeyRing;

  constructor(pool: pg.Pool, ring: KeyRing) {
    this.#pool = pool;
    this.#ring = ring;
  }

  async put(numberKey: NumberKey, address: string): Promise<void> {
    const { keyId, nonce, ciphertext } = seal(this.#ring, numberKey, `email ${address}`);
    await this.#pool.query(
      `insert into vault_email (number_key, key_id, nonce, ciphertext) values ($1, $2, $3, $4)
       on conflict (number_key) do update set key_id = $2, nonce = $3, ciphertext = $4`,
      [numberKey, keyId, nonce, ciphertext],
    );
  }

  /** Undefined: none was given, or it was erased. Rejects with SealBroken. */
  async addressOf(numberKey: NumberKey): Promise<string | undefined> {
    const found = await this.#pool.query<{ key_id: string; nonce: Buffer; ciphertext: Buffer }>(
      'select key_id, nonce, ciphertext from vault_email where number_key = $1',
      [numberKey],
    );
    const [row] = found.rows;
    if (row === undefined) return undefined;
    const sealed = { numberKey, keyId: row.key_id, nonce: row.nonce, ciphertext: row.ciphertext };
    return unseal(this.#ring, sealed).replace(/^email /, '');
  }

  async erase(numberKey: NumberKey): Promise<boolean> {
    const gone = await this.#pool.query('delete from vault_email where number_key = $1', [numberKey]);
    return (gone.rowCount ?? 0) > 0;
  }
}
