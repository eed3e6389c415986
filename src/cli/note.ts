// `rappel note`: the briefing note of a period, in English or French, from the records of a centre's database, running or
// not. What the records lack is projected first. The same function as GET /api/v1/note.

import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Fact } from '../core/fact.ts';
import type { NoteFormat } from '../records/note-dress.ts';

const FORMATS = ['md', 'html', 'pdf', 'json'] as const satisfies readonly NoteFormat[];

type Options = {
  readonly data: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: NoteFormat;
  readonly lang: 'en' | 'fr';
  readonly facts?: string;
  readonly out?: string;
};

export function noteCommand(program: Command): void {
  program
    .command('note')
    .description('the briefing note of a period: key messages, facts and figures, context')
    .option(
      '--from <date>',
      'local date, or date and time: 2019-04-17, 2019-04-17T08:30; today when left out',
    )
    .option('--to <date>', 'to the end of this date, or to this time; today when left out')
    .addOption(new Option('--lang <language>', 'of the note').choices(['en', 'fr']).default('en'))
    .addOption(new Option('--format <format>', 'json: both languages').choices(FORMATS).default('md'))
    .option('--facts <file>', 'YAML: what no journal can know, with source and date; targets')
    .option('--out <file>', 'instead of standard output')
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .action(note);
}

async function note({ data, from, to, format, lang, facts, out }: Options): Promise<void> {
  const { readOwnerWords, storedOwnerWords } = await import('../config/owner-words.ts');
  const more = facts === undefined ? undefined : readOwnerWords(facts);
  const { withCentreDatabase } = await import('./centre-database.ts');
  const { migrate } = await import('../database/migrations/migrations.ts');
  const { openDatabase } = await import('../database/schema.ts');
  const { PostgresPages } = await import('../journal/postgres/postgres-pages.ts');
  const { BATCH_FACTS_ALONE, Projector } = await import('../records/projector.ts');
  const { Reports } = await import('../records/reports.ts');
  const { Notes } = await import('../records/notes.ts');
  const { dressedNote, isNoteRefusal } = await import('../records/note-dress.ts');
  const { CentreFailure } = await import('../centre/centre-failure.ts');
  await withCentreDatabase(data, async ({ pool, connection, shard }) => {
    await migrate(openDatabase(pool));
    const pages = new PostgresPages<Fact>(shard, pool, connection);
    await new Projector(pool, pages, BATCH_FACTS_ALONE).catchUp();
    const room = new Notes(new Reports(pool, shard, () => Date.now(), storedOwnerWords));
    const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const dressed = await dressedNote(room, query, format, lang, more);
    if (isNoteRefusal(dressed)) throw new CentreFailure(dressed.code, dressed.message);
    if (out === undefined) process.stdout.write(dressed);
    else writeFileSync(out, dressed);
  });
}
