// What agents wrote about a callback, each note sealed in a row of its own under the key of the client's number: with the
// number it is kept, and with the number it is erased. Shown to the agent who serves the client next, to supervisors who
// read the callback's story, and to the client who asks what is held. It must not know why.

import type pg from 'pg';
import type { AgentId, CallbackId, NumberKey } from '../core/id.ts';
import { seal, unseal } from './cipher.ts';
import type { KeyRing } from './key-file.ts';

export const NOTE_CHARACTERS_MAX = 4_000;

export type CallNote = {
  readonly callback: CallbackId;
  readonly agent: AgentId;
  /** UTC ms. */
  readonly at: number;
  readonly text: string;
};

export type NewNote = CallNote & {
  readonly numberKey: NumberKey;
  /** The number is a relay service's: it has no row, and is many clients'. */
  readonly byRelay: boolean;
};

export interface CallNoteRoom {
  /** False: the client was erased meanwhile, and nothing more is kept of them. */
  put(note: NewNote): Promise<boolean>;
  /** The newest first. */
  ofNumber(numberKey: NumberKey): Promise<readonly CallNote[]>;
  ofCallback(callback: CallbackId): Promise<readonly CallNote[]>;
}

type Row = {
  readonly callback: CallbackId;
  readonly number_key: NumberKey;
  readonly agent: AgentId;
  readonly at: number;
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
};

const SHOWN_MAX = 20;
/** So that a row of another kind is never taken for a note. */
const MARK = 'note ';

export class CallNotes implements CallNoteRoom {
  readonly #pool: pg.Pool;
  readonly #ring: KeyRing;
  readonly #shard: string;

  constructor(pool: pg.Pool, ring: KeyRing, shard: string) {
    this.#pool = pool;
    this.#ring = ring;
    this.#shard = shard;
  }

  async put({ callback, numberKey, agent, at, text, byRelay }: NewNote): Promise<boolean> {
    const { keyId, nonce, ciphertext } = seal(this.#ring, numberKey, `${MARK}${text}`);
    // The row of the number is held until the note is written: an erasure comes before both, or after both.
    const written = await this.#pool.query(
      `insert into vault_note (shard, callback, number_key, agent, at, key_id, nonce, ciphertext)
       select $1, $2, $3, $4, $5, $6, $7, $8
       where $9 or exists (select 1 from vault where number_key = $3 for key share)`,
      [this.#shard, callback, numberKey, agent, at, keyId, nonce, ciphertext, byRelay],
    );
    return (written.rowCount ?? 0) > 0;
  }

  ofNumber(numberKey: NumberKey): Promise<readonly CallNote[]> {
    return this.#read('number_key = $1', [numberKey], SHOWN_MAX);
  }

  ofCallback(callback: CallbackId): Promise<readonly CallNote[]> {
    return this.#read('callback = $1 and shard = $2', [callback, this.#shard], SHOWN_MAX);
  }

  /** Of these keys, for whoever asks what is held on a person. */
  ofPerson(keys: readonly NumberKey[], limit: number): Promise<readonly CallNote[]> {
    return this.#read('number_key = any($1)', [keys], limit);
  }

  async erase(numberKey: NumberKey): Promise<number> {
    const gone = await this.#pool.query('delete from vault_note where number_key = $1', [numberKey]);
    return gone.rowCount ?? 0;
  }

  /** Those older than that whose number is not kept any more, a page of them. */
  async removeLoose(before: number, limit: number): Promise<number> {
    const gone = await this.#pool.query(
      `delete from vault_note where id in (select n.id from vault_note n where n.at < $1
         and not exists (select 1 from vault v where v.number_key = n.number_key) order by n.id limit $2)`,
      [before, limit],
    );
    return gone.rowCount ?? 0;
  }

  async #read(where: string, values: readonly unknown[], limit: number): Promise<readonly CallNote[]> {
    const { rows } = await this.#pool.query<Row>(
      `select callback, number_key, agent, at, key_id, nonce, ciphertext from vault_note
       where ${where} order by id desc limit ${Math.trunc(limit)}`,
      [...values],
    );
    return rows.map((row) => {
      const { callback, agent, at, number_key: numberKey, key_id: keyId, nonce, ciphertext } = row;
      const opened = unseal(this.#ring, { numberKey, keyId, nonce, ciphertext });
      return { callback, agent, at, text: opened.slice(MARK.length) };
    });
  }
}
