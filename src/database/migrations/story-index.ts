// Migration 0012: who searches a number finds its callbacks, and the callbacks of a call, without reading all of them.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql
    .raw('create index record_callback_person on record_callback (person, callback)')
    .execute(database);
  await sql.raw('create index record_callback_call on record_callback (call)').execute(database);
}
