// Migration 0020: the outbox. What is to be sent and what became of it; how far the journal was looked through; what must
// be known of a callback to write to its client; endpoints that fail. Keys only: a destination is in the vault.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table outbox_position (shard text primary key, seq bigint not null, checksum bigint not null,
       quiet_to bigint not null)`,
    `create table outbox_place (shard text not null, place bigint not null, line text not null,
       language text not null, primary key (shard, place))`,
    `create table outbox_callback (shard text not null, callback bigint not null, number_key text not null,
       line text not null, language text not null, registered_at bigint not null, ended_at bigint,
       primary key (shard, callback))`,
    'create index outbox_callback_number on outbox_callback (number_key)',
    `create table outbox_endpoint (id text primary key, enabled boolean not null default true, failing_since bigint,
       failures integer not null default 0, paused_to bigint not null default 0, set_aside_at bigint)`,
    `create table outbox_delivery (id text primary key, serial bigint generated always as identity unique,
       kind text not null, target text not null, what text not null, callback bigint, number_key text, language text,
       body text, state text not null, tries integer not null default 0, next_at bigint not null,
       created_at bigint not null, ended_at bigint, said text not null default '')`,
    "create index outbox_delivery_due on outbox_delivery (target, next_at) where state = 'due'",
    'create index outbox_delivery_number on outbox_delivery (number_key) where number_key is not null',
    `create table vault_email (number_key text primary key, key_id text not null, nonce bytea not null,
       ciphertext bytea not null, created_at timestamptz not null default clock_timestamp())`,
    `create table client_link (hash text primary key, shard text not null, callback bigint not null,
       number_key text not null, created_at bigint not null, expires_at bigint)`,
    'create index client_link_callback on client_link (shard, callback)',
    'create index client_link_number on client_link (number_key)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
