// The vault's rows where the memory journal has put them. For virtual time and tests.
import type { NumberKey } from '../../core/id.ts';
import type { MemoryTables } from '../../database/enclosed-row.ts';
import type { SealedNumber } from '../cipher.ts';
import type { VaultStore } from '../vault-store.ts';

export class MemoryVaultStore implements VaultStore {
  readonly #tables: MemoryTables;

  /** The tables of the memory journal's store. */
  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async read(numberKey: NumberKey): Promise<SealedNumber | undefined> {
    const row = this.#tables.get('vault')?.get(numberKey);
    if (row === undefined) return undefined;
    return {
      numberKey,
      keyId: row.key_id as string,
      nonce: row.nonce as Buffer,
      ciphertext: row.ciphertext as Buffer,
    };
  }

  async erase(numberKey: NumberKey): Promise<boolean> {
    return this.#tables.get('vault')?.delete(numberKey) ?? false;
  }

  async keyIds(): Promise<readonly string[]> {
    const rows = this.#tables.get('vault')?.values() ?? [];
    return [...new Set(Array.from(rows, (row) => row.key_id as string))];
  }
}
