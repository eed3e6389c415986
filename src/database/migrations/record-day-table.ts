// Migration 0004: the cells once more, added up by local day of the centre. Five years are 350,000 half-hours and 15,000
// days: what is asked by day or month is answered from here.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql.raw('create table record_day (like record_cell including all)').execute(database);
  await sql.raw('alter table record_day rename column half_hour to day').execute(database);
}
