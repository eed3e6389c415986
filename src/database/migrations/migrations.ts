// Brings a database to the tables that this release needs, or says why it cannot.
// Migrations are in code, in the order of their names, and only go forward: going back is restoring or
// re-reading the journal. Two processes that start at once wait for each other (kysely's own lock).
// A room that needs tables adds its file to the list below.
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from '../schema.ts';
import * as againColumns from './again-columns.ts';
import * as answerTable from './answer-table.ts';
import * as configurationTextTable from './configuration-text-table.ts';
import * as journalTables from './journal-tables.ts';
import * as notReadyColumns from './not-ready-columns.ts';
import * as noteTable from './note-table.ts';
import * as outboxTables from './outbox-tables.ts';
import * as outcomeColumns from './outcome-columns.ts';
import * as peopleTables from './people-tables.ts';
import * as recordDayTable from './record-day-table.ts';
import * as recordTables from './record-tables.ts';
import * as rightsTables from './rights-tables.ts';
import * as storyIndex from './story-index.ts';
import * as surveyColumns from './survey-columns.ts';
import * as transferColumns from './transfer-columns.ts';
import * as vaultTable from './vault-table.ts';

const all: Readonly<Record<string, Migration>> = {
  '0001_journal': journalTables,
  '0002_vault': vaultTable,
  '0003_records': recordTables,
  '0004_record_day': recordDayTable,
  '0010_people': peopleTables,
  '0011_answers': answerTable,
  '0012_story_index': storyIndex,
  '0020_outbox': outboxTables,
  '0025_outcomes': outcomeColumns,
  '0030_rights': rightsTables,
  '0031_survey': surveyColumns,
  '0035_configuration_text': configurationTextTable,
  '0036_not_ready': notReadyColumns,
  '0040_call_notes': noteTable,
  '0041_call_again': againColumns,
  '0042_transfers': transferColumns,
};

/** Runs what has not run yet and gives its names. Throws with one line when the database is not ours to change. */
export async function migrate(database: Database): Promise<readonly string[]> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...all }) } });
  const { error, results } = await migrator.migrateToLatest();
  const failed = results?.find((result) => result.status === 'Error');
  if (error !== undefined) {
    const what =
      failed === undefined ? 'The database cannot be migrated' : `Migration ${failed.migrationName} failed`;
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${what}: ${why}. Use the release that made this database, or an empty one.`, {
      cause: error,
    });
  }
  return (results ?? []).map((result) => result.migrationName);
}
