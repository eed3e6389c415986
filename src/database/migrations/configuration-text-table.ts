// Migration 0035: the text of the configuration in force, sealed as numbers are. See src/vault/configuration-texts.ts.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table configuration_text (shard text, document text, key_id text not null, nonce bytea not null,
         ciphertext bytea not null, primary key (shard, document))`,
    )
    .execute(database);
}
