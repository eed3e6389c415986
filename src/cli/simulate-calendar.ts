// `rappel simulate` of a scenario with a calendar: alone, or with --journal into the journal of a data folder or of
// DATABASE_URL, through the same writer as a centre's; then the records are made and held against what the simulation's
// people lived. It must not know how anything is counted.

import type { Fact } from '../core/fact.ts';
import type { Counts } from '../figures/column.ts';
import type { CalendarScenario } from '../twin/calendar/calendar-scenario.ts';
import type { CalendarSimulation, Writer } from '../twin/calendar/calendar-simulation.ts';
import { ProgressBar } from './progress-bar.ts';

export type CalendarOptions = {
  readonly journal?: boolean;
  readonly data: string;
  readonly json?: boolean;
};

type Agreement = { readonly cells: number; readonly differences: number; readonly recordsS: number };

export async function simulateCalendar(scenario: CalendarScenario, options: CalendarOptions): Promise<void> {
  if (options.journal === true) await intoJournal(scenario, options);
  else await simulated(scenario, 'sim', options, undefined, async () => null);
}

async function simulated(
  scenario: CalendarScenario,
  shard: string,
  { json }: CalendarOptions,
  write: Writer | undefined,
  finish: (simulation: CalendarSimulation) => Promise<Agreement | null>,
): Promise<void> {
  const { CalendarSimulation } = await import('../twin/calendar/calendar-simulation.ts');
  const simulation = new CalendarSimulation(scenario, shard);
  const bar = new ProgressBar('calls');
  const startedAt = performance.now();
  await simulation.run(write, (calls, share) => bar.show(calls, share));
  bar.end();
  const wallS = (performance.now() - startedAt) / 1_000;
  const agreement = await finish(simulation);
  const { calls, facts, lived } = simulation;
  const result = {
    seed: scenario.seed,
    from: scenario.from,
    to: scenario.to,
    calls,
    facts,
    wallS: Number(wallS.toFixed(3)),
    callsPerSecond: Math.round(calls / wallS),
    lines: Object.fromEntries([...lived.lines].map(([line, counts]) => [line, shown(counts)])),
    total: shown(lived.total()),
    ...(agreement === null ? {} : { agreement }),
  };
  process.stdout.write(json === true ? `${JSON.stringify(result)}\n` : textOf(result));
  if (agreement !== null && agreement.differences > 0) process.exitCode = 1;
}

async function intoJournal(scenario: CalendarScenario, options: CalendarOptions): Promise<void> {
  const { CentreFailure } = await import('../centre/centre-failure.ts');
  const { keptOf } = await import('../centre/centre.ts');
  const { DataFolder } = await import('../centre/data-folder.ts');
  const { migrate } = await import('../database/migrations/migrations.ts');
  const { openDatabase } = await import('../database/schema.ts');
  const { PostgresStore } = await import('../journal/postgres/postgres-store.ts');
  const { withCentreDatabase } = await import('./centre-database.ts');
  const folder = new DataFolder(options.data);
  const kept = await keptOf(folder, {});
  folder.write(kept);
  await withCentreDatabase(options.data, async ({ pool, connection, shard }) => {
    await migrate(openDatabase(pool));
    const store = new PostgresStore(connection, pool);
    const rows = await store.reader<Fact>(shard).newestSeq();
    if (rows > 0)
      throw new CentreFailure(
        'journal.not_empty',
        `there are ${rows} facts in the journal already, and a simulation begins at the first; name another folder with --data, or another database in DATABASE_URL`,
      );
    folder.write({ ...kept, isSimulated: true }); // before the first fact: also a run that is stopped is known for what it is
    const journal = await store.lead<Fact>(shard, { holder: `simulation ${process.pid}` });
    const finish = async (simulation: CalendarSimulation): Promise<Agreement> => {
      await journal.close();
      return recorded(simulation, { pool, connection, shard });
    };
    try {
      await simulated(scenario, shard, options, (facts) => journal.append(facts), finish);
    } finally {
      if (journal.state !== 'fenced') await journal.close();
    }
  });
}

/** Records made of the journal, from the first fact to the last, and held against what was lived. */
async function recorded(
  { lived, facts }: CalendarSimulation,
  { pool, connection, shard }: import('./centre-database.ts').CentreDatabase,
): Promise<Agreement> {
  const { PostgresPages } = await import('../journal/postgres/postgres-pages.ts');
  const { BATCH_FACTS_ALONE, Projector } = await import('../records/projector.ts');
  const { countedCells } = await import('../records/cells.ts');
  const { differences } = await import('../twin/calendar/agreement.ts');
  const { LIVED_COLUMNS } = await import('../twin/calendar/lived.ts');
  const bar = new ProgressBar('facts');
  const startedAt = performance.now();
  const pages = new PostgresPages<Fact>(shard, pool, connection);
  const projector = new Projector(pool, pages, BATCH_FACTS_ALONE);
  for (let seq: number | null = 0; seq !== facts; ) {
    seq = await projector.step();
    if (seq !== null) bar.show(seq, seq / facts);
  }
  bar.end();
  const cells = await countedCells(pool, shard, LIVED_COLUMNS);
  const found = differences(lived, cells);
  for (const { cell, column, lived: own, recorded: theirs } of found.slice(0, 10))
    process.stderr.write(`rappel: ${cell} ${column}: lived ${own}, recorded ${theirs}\n`);
  const recordsS = Number(((performance.now() - startedAt) / 1_000).toFixed(3));
  return { cells: cells.length, differences: found.length, recordsS };
}

/** What was lived, and the shares that a scenario is fitted to. */
function shown(counts: Counts) {
  const { asked = 0, answered_live = 0, connected = 0, offered = 0, registered = 0 } = counts;
  const served = answered_live + connected;
  const share = (part: number | undefined, of: number): number =>
    of === 0 ? 0 : Number(((part ?? 0) / of).toPrecision(8));
  return {
    ...counts,
    answerRate: share(served, asked),
    takeRate: share(registered, offered),
    incompleteRate: share(counts.incomplete_no_answer, registered),
    servedOver30mShare: share(served - (counts.served_within_30m ?? 0), served),
    liveHoldMeanS: Math.round(share(counts.live_hold_ms, answered_live) / 1_000),
    servedWaitMeanS: Math.round(share(counts.served_wait_ms, served) / 1_000),
  };
}

type Shown = ReturnType<typeof shown>;

function textOf(result: {
  readonly seed: number;
  readonly from: string;
  readonly to: string;
  readonly calls: number;
  readonly facts: number;
  readonly callsPerSecond: number;
  readonly lines: Readonly<Record<string, Shown>>;
  readonly total: Shown;
  readonly agreement?: Agreement;
}): string {
  const { seed, from, to, calls, facts, callsPerSecond, lines, total, agreement } = result;
  const head = `${from} to ${to}: ${calls} calls, ${facts} facts, seed ${seed}, ${callsPerSecond} calls/s`;
  const tail =
    agreement === undefined
      ? []
      : [
          '',
          agreement.differences === 0
            ? `the records agree with what people lived, in each of ${agreement.cells} cells`
            : `the records DIFFER from what people lived, in ${agreement.differences} counts`,
        ];
  const parts = [...Object.entries(lines), ['in all', total] as const];
  return `${[head, ...parts.flatMap(([name, one]) => ['', `${name}:`, ...rowsOf(one)]), ...tail].join('\n')}\n`;
}

function rowsOf(one: Shown): string[] {
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  const minutes = (secondsLong: number): string => `${(secondsLong / 60).toFixed(1)} min`;
  const rows: readonly (readonly [string, string])[] = [
    ['asked', `${one.asked ?? 0}, answered ${percent(one.answerRate)}`],
    [
      'refused, abandoned',
      `${(one.refused_full ?? 0) + (one.refused_closed ?? 0)}, ${(one.abandoned ?? 0) + (one.abandoned_short ?? 0)}`,
    ],
    ['answered live', `${one.answered_live ?? 0} after ${minutes(one.liveHoldMeanS)}`],
    ['callbacks', `${one.offered ?? 0} offered, ${one.registered ?? 0} taken (${percent(one.takeRate)})`],
    [
      'of those',
      `${one.connected ?? 0} connected, ${one.incomplete_no_answer ?? 0} incomplete (${percent(one.incompleteRate)})`,
    ],
    [
      'waits of the served',
      `${minutes(one.servedWaitMeanS)} in the mean, ${percent(one.servedOver30mShare)} over 30 min`,
    ],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(24)}${value}`);
}
