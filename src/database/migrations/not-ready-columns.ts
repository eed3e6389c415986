// Migration 0036: agents' time not ready, by its reason, in the cells of half-hours and of days. Who projects makes the
// records anew, since the ledger's version rises with it.
import { type Kysely, sql } from 'kysely';

/** As the ledger named them when this migration was released. */
const REASONS = [
  ...['signed_in', 'break', 'meal', 'training', 'meeting'],
  ...['no_answer', 'rejected', 'phone', 'other'],
];

export async function up(database: Kysely<unknown>): Promise<void> {
  const columns = REASONS.map((reason) => `add column not_ready_${reason}_ms bigint`).join(', ');
  for (const table of ['record_cell', 'record_day'])
    await sql.raw(`alter table ${table} ${columns}`).execute(database);
}
