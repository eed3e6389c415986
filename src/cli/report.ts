// `rappel report [FIGURES]`: figures of a period, from the records of a centre's database, running or not. What the
// records lack is projected first. The same function as GET /api/v1/reports.

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Fact } from '../core/fact.ts';
import type { Format } from '../records/report-dress.ts';
import { withCentreDatabase } from './centre-database.ts';

const FORMATS = ['table', 'json', 'csv', 'workforce', 'parity'] as const satisfies readonly Format[];

type Options = {
  readonly data: string;
  readonly from?: string;
  readonly to?: string;
  readonly by: readonly string[];
  readonly format: Format;
  readonly json?: boolean;
  readonly lang: 'en' | 'fr';
};

export function reportCommand(program: Command): void {
  program
    .command('report')
    .description('figures of a period, each with its n, interval and formula')
    .argument('[figures]', 'ids, separated by commas; all when left out', listOf, [])
    .option(
      '--from <date>',
      'local date, or date and time: 2019-04-17, 2019-04-17T08:30; today when left out',
    )
    .option('--to <date>', 'to the end of this date, or to this time; today when left out')
    .option(
      '--by <groups>',
      'half-hour, day or month; line; language; phase (before and after, per line)',
      listOf,
      [],
    )
    .addOption(
      new Option(
        '--format <format>',
        'workforce: half-hours by queue, as such tools import them; parity: English beside French',
      )
        .choices(FORMATS)
        .default('table'),
    )
    .option('--json', 'the same as --format json')
    .addOption(new Option('--lang <language>', 'of names and formulas').choices(['en', 'fr']).default('en'))
    .option('--data <folder>', "the centre's data folder", '.rappel')
    .action(report);
}

function listOf(text: string): string[] {
  const list = text.split(',').map((one) => one.trim());
  if (list.some((one) => one === '')) throw new InvalidArgumentError('separate them by single commas.');
  return list;
}

async function report(figures: readonly string[], options: Options): Promise<void> {
  const { migrate } = await import('../database/migrations/migrations.ts');
  const { openDatabase } = await import('../database/schema.ts');
  const { PostgresPages } = await import('../journal/postgres/postgres-pages.ts');
  const { BATCH_FACTS_ALONE, Projector } = await import('../records/projector.ts');
  const { Reports } = await import('../records/reports.ts');
  const { dressedReport } = await import('../records/report-dress.ts');
  const { CentreFailure } = await import('../centre/centre-failure.ts');
  await withCentreDatabase(options.data, async ({ pool, connection, shard }) => {
    await migrate(openDatabase(pool));
    const pages = new PostgresPages<Fact>(shard, pool, connection);
    await new Projector(pool, pages, BATCH_FACTS_ALONE).catchUp();
    const { from, to, by } = options;
    const query = {
      figures,
      by,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    const format = options.json === true ? 'json' : options.format;
    const { storedOwnerWords } = await import('../config/owner-words.ts');
    const room = new Reports(pool, shard, () => Date.now(), storedOwnerWords);
    const dressed = await dressedReport(room, query, format, options.lang);
    if (typeof dressed !== 'string') throw new CentreFailure(dressed.code, dressed.message);
    process.stdout.write(dressed);
  });
}
