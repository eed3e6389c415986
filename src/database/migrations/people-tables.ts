// Migration 0010: accounts, sign-ins, tokens, delays after failures, the link of the first admin, and the audit, which
// nobody can change: a trigger refuses it, whoever asks. Names are sealed under the vault's keys; secrets are hashes.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table account (id text primary key, name_key text not null unique, name_key_id text not null,
       name_nonce bytea not null, name_ciphertext bytea not null, roles text[] not null, agent text unique,
       language text not null, password text, subject_key text unique, disabled boolean not null,
       created_at bigint not null)`,
    `create table sign_in (hash text primary key, account text not null references account, expires_at bigint not null)`,
    'create index sign_in_account on sign_in (account)',
    `create table sign_in_try (key text primary key, failures integer not null, until_at bigint not null,
       forget_at bigint not null)`,
    `create table token (id text primary key, hash text not null unique, name text not null, scopes text[] not null,
       by text not null, created_at bigint not null, expires_at bigint not null, ended_at bigint)`,
    'create table first_admin_link (hash text primary key, expires_at bigint not null)',
    `create table audit (id bigint generated always as identity primary key, at bigint not null, by text not null,
       what text not null, about text not null, why text not null)`,
    `create function audit_is_kept() returns trigger language plpgsql as
       $$ begin raise exception 'the audit is only added to'; end $$`,
    `create trigger audit_kept before update or delete or truncate on audit
       for each statement execute function audit_is_kept()`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
