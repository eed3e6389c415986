// Migration 0011: answers given under an idempotency key, so that the same request asked again is answered the same and
// done once. Bodies are sealed under the vault's keys: a new token stands in one of them.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table answer (key text primary key, request_hash text not null, at bigint not null, status integer,
         type text, body_key_id text, body_nonce bytea, body_ciphertext bytea)`,
    )
    .execute(database);
}
