// Migration 0025: what became of callbacks at closing, each way apart, and places put before others with their reason. Who
// projects makes the records anew, since the ledger's version rises with it.
import { type Kysely, sql } from 'kysely';

/** As the ledger named them when this migration was released. */
const COLUMNS = [
  'expired_closing',
  'expired_carry_full',
  'expired_no_opening',
  'finished_after_closing',
  'prioritised',
];

export async function up(database: Kysely<unknown>): Promise<void> {
  const changes = ['drop column expired', ...COLUMNS.map((name) => `add column ${name} integer`)].join(', ');
  for (const table of ['record_cell', 'record_day'])
    await sql.raw(`alter table ${table} ${changes}`).execute(database);
  await sql
    .raw("alter table record_place add column priority_reason text not null default ''")
    .execute(database);
}
