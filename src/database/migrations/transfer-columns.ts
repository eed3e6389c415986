// Migration 0042: what agents do with a client beside talking, and what became of clients who were transferred, in the cells
// of half-hours and of days. Who projects makes the records anew, since the ledger's version rises with it.
import { type Kysely, sql } from 'kysely';

/** As the ledger named them when this migration was released. */
const COLUMNS = [
  ...['transferred', 'transferred_waiting', 'transferred_answered', 'transferred_abandoned'],
  ...['transferred_refused', 'transferred_registered', 'transferred_merged', 'transferred_unseen'],
  ...['transferred_connected', 'consulted', 'handed_over', 'on_hold'],
];

export async function up(database: Kysely<unknown>): Promise<void> {
  const columns = COLUMNS.map((column) => `add column ${column} integer`).join(', ');
  for (const table of ['record_cell', 'record_day'])
    await sql.raw(`alter table ${table} ${columns}`).execute(database);
}
