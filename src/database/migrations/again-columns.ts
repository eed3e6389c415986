// Migration 0041: calls again that an agent agreed to, attempts that somebody else answered, and what clients ask for on their page.
// Who projects makes the records anew, since the ledger's version rises with it.
import { type Kysely, sql } from 'kysely';

/** As the ledger named them when this migration was released. */
const COLUMNS = [
  ...['again_agreed', 'again_waiting', 'again_reached', 'again_missed', 'again_cancelled', 'again_expired'],
  'failed_other_person',
  'asked_by_page',
];

export async function up(database: Kysely<unknown>): Promise<void> {
  const columns = COLUMNS.map((name) => `add column ${name} integer`).join(', ');
  for (const table of ['record_cell', 'record_day'])
    await sql.raw(`alter table ${table} ${columns}`).execute(database);
}
