// The text of the configuration as its owners wrote it, comments and all, sealed: numbers of people may stand in it
// (shared ones), and the journal has only what it means. Found by what it says, so that a text is never taken for that of
// another document. Only the one in force is kept. It must not know what stands in it.

import type pg from 'pg';
import type { NumberKey } from '../core/id.ts';
import { SealBroken, seal, unseal } from './cipher.ts';
import type { KeyRing } from './key-file.ts';

export interface TextRoom {
  keep(document: string, text: string): Promise<void>;
  /** Undefined: it was never written, or cannot be opened with this key file. */
  textOf(document: string): Promise<string | undefined>;
  /** Those of other documents are let go. */
  keepOnly(document: string): Promise<void>;
}

export class ConfigurationTexts implements TextRoom {
  readonly #pool: pg.Pool;
  readonly #ring: KeyRing;
  readonly #shard: string;

  constructor(pool: pg.Pool, ring: KeyRing, shard: string) {
    this.#pool = pool;
    this.#ring = ring;
    this.#shard = shard;
  }

  async keep(document: string, text: string): Promise<void> {
    const { keyId, nonce, ciphertext } = seal(this.#ring, nameOf(document), text);
    await this.#pool.query(
      `insert into configuration_text (shard, document, key_id, nonce, ciphertext) values ($1, $2, $3, $4, $5)
       on conflict (shard, document) do update set key_id = $3, nonce = $4, ciphertext = $5`,
      [this.#shard, document, keyId, nonce, ciphertext],
    );
  }

  async textOf(document: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ key_id: string; nonce: Buffer; ciphertext: Buffer }>(
      'select key_id, nonce, ciphertext from configuration_text where shard = $1 and document = $2',
      [this.#shard, document],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { key_id: keyId, nonce, ciphertext } = row;
    try {
      return unseal(this.#ring, { numberKey: nameOf(document), keyId, nonce, ciphertext });
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }

  async keepOnly(document: string): Promise<void> {
    await this.#pool.query('delete from configuration_text where shard = $1 and document <> $2', [
      this.#shard,
      document,
    ]);
  }
}

/** Authenticated with the text, so that rows cannot change places. */
function nameOf(document: string): NumberKey {
  return `configuration ${document}` as NumberKey;
}
