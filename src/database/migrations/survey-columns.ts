// Migration 0031: what clients answer and how agents felt, in the cells of half-hours and of days.
import { type Kysely, sql } from 'kysely';

/** As the ledger named them when this migration was released. */
const ANSWERS = `
  asked responded satisfied_answers very_satisfied again_answers would_again both_answers both answered_answers
  answered_yes
`;
const TONES = `
  tone_live tone_live_points tone_live_points2 tone_callback tone_callback_points tone_callback_points2
`;

const words = (text: string): string[] => text.trim().split(/\s+/);

export async function up(database: Kysely<unknown>): Promise<void> {
  const names = [
    ...['live', 'callback', 'incomplete'].flatMap((of) =>
      words(ANSWERS).map((name) => `survey_${of}_${name}`),
    ),
    ...words(TONES),
  ];
  const columns = names.map((name) => `add column ${name} integer`).join(', ');
  for (const table of ['record_cell', 'record_day'])
    await sql.raw(`alter table ${table} ${columns}`).execute(database);
}
