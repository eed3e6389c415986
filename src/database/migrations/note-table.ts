// Migration 0040: what agents write about a callback, sealed as numbers are. Never read without its key file.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table vault_note (id bigint generated always as identity primary key, shard text not null,
       callback bigint not null, number_key text not null, agent text not null, at bigint not null,
       key_id text not null, nonce bytea not null, ciphertext bytea not null)`,
    'create index vault_note_number on vault_note (number_key, id)',
    'create index vault_note_callback on vault_note (shard, callback)',
    'create index vault_note_at on vault_note (at)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
