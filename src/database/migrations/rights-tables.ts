// Migration 0030: what the rights of persons and retention need. A number with an extension stands beside its number; the
// audit is chained row to row, and rows go only where a checkpoint says so: the trigger looks at it, whoever asks.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [
    'alter table vault add column main_key text',
    'create index vault_main on vault (main_key)',
    'create index vault_created on vault (created_at, number_key)',
    "create index outbox_delivery_ended on outbox_delivery (ended_at) where state <> 'due'",
    'create index record_attempt_callback on record_attempt (callback)',
    "alter table audit add column chain text not null default ''",
    'create index audit_about on audit (about)',
    'create index audit_what on audit (what, id)',
    `create table audit_checkpoint (through_id bigint primary key, at bigint not null, chain text not null,
       seal text not null)`,
    'drop trigger audit_kept on audit',
    `create or replace function audit_is_kept() returns trigger language plpgsql as
       $$ begin
         if tg_op = 'DELETE' and old.id <= coalesce((select max(through_id) from audit_checkpoint), 0)
           then return old; end if;
         raise exception 'the audit is only added to';
       end $$`,
    `create trigger audit_kept before update or delete on audit for each row execute function audit_is_kept()`,
    `create trigger audit_kept_whole before truncate on audit for each statement execute function audit_is_kept()`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
