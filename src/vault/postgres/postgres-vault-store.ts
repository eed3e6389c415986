// The vault's rows in PostgreSQL. A row that is erased is deleted; what the server keeps of it until it is vacuumed is
// still encrypted under a key that the database does not have.
import type { NumberKey } from '../../core/id.ts';
import type { Database } from '../../database/schema.ts';
import type { SealedNumber } from '../cipher.ts';
import type { VaultStore } from '../vault-store.ts';

export class PostgresVaultStore implements VaultStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async read(numberKey: NumberKey): Promise<SealedNumber | undefined> {
    const row = await this.#database
      .selectFrom('vault')
      .select(['key_id', 'nonce', 'ciphertext'])
      .where('number_key', '=', numberKey)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return { numberKey, keyId: row.key_id, nonce: row.nonce, ciphertext: row.ciphertext };
  }

  async erase(numberKey: NumberKey): Promise<boolean> {
    const done = await this.#database
      .deleteFrom('vault')
      .where('number_key', '=', numberKey)
      .executeTakeFirst();
    return done.numDeletedRows > 0n;
  }

  async keyIds(): Promise<readonly string[]> {
    const rows = await this.#database.selectFrom('vault').select('key_id').distinct().execute();
    return rows.map((row) => row.key_id);
  }
}
