// Where the vault's rows lie. Writing is not among what a store does: a row is written in the transaction of the
// facts that need it (database/enclosed-row.ts), by the journal. postgres/ and memory/ pass one contract suite.
import type { NumberKey } from '../core/id.ts';
import type { EnclosedRow } from '../database/enclosed-row.ts';
import type { SealedNumber } from './cipher.ts';

export interface VaultStore {
  read(numberKey: NumberKey): Promise<SealedNumber | undefined>;
  /** True when there was a row. Afterwards the number is nowhere in the store. */
  erase(numberKey: NumberKey): Promise<boolean>;
  /** The ids of all keys that rows are encrypted under. */
  keyIds(): Promise<readonly string[]>;
}

/** The row as the journal writes it. */
export function enclosedNumber(sealed: SealedNumber, mainKey: NumberKey): EnclosedRow {
  return {
    table: 'vault',
    key: 'number_key',
    row: {
      number_key: sealed.numberKey,
      main_key: mainKey,
      key_id: sealed.keyId,
      nonce: sealed.nonce,
      ciphertext: sealed.ciphertext,
    },
  };
}
