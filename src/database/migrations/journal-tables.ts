// Migration 0001: the journal, its lease, and snapshots.
// A name that was released never changes its content: a change is a new migration.
import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('lease')
    .addColumn('shard', 'text', (column) => column.primaryKey())
    .addColumn('epoch', 'bigint', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('journal')
    .addColumn('shard', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull().check(sql`seq > 0`))
    .addColumn('epoch', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('checksum', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bytea', (column) => column.notNull())
    .addPrimaryKeyConstraint('journal_pkey', ['shard', 'seq'])
    .execute();
  // A lease row is locked at every append and never grows: room on its page keeps its updates cheap.
  await sql`alter table lease set (fillfactor = 20, autovacuum_vacuum_threshold = 1000)`.execute(database);
  await database.schema
    .createTable('snapshot')
    .addColumn('shard', 'text', (column) => column.notNull())
    .addColumn('state_version', 'integer', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('checksum', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bytea', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`clock_timestamp()`))
    .addPrimaryKeyConstraint('snapshot_pkey', ['shard', 'state_version', 'seq'])
    .execute();
}
