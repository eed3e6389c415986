// Reports from a real PostgreSQL: the same number from API, CSV and table; groups that add up to the whole; and sensible
// answers to wrong dates, unknown figures, empty periods and hostile names.

import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CellBook } from '../../test/support/cell-book.ts';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../test/support/database.ts';
import { centreOf, configured, lineCalled } from '../../test/support/given.ts';
import { sourceOf, worldFacts } from '../../test/support/world-facts.ts';
import type { App } from '../api/agents.ts';
import { reportRoutes } from '../api/reports.ts';
import type { Fact } from '../core/fact.ts';
import type { Counts } from '../figures/column.ts';
import { EQUATIONS } from '../figures/conservation.ts';
import { type Fairness, PERCENTILES, spreadOf } from '../figures/fairness.ts';
import { estimate, type Figure } from '../figures/figure.ts';
import { Ledger } from '../figures/ledger/ledger.ts';
import { FIGURES, figureCalled } from '../figures/registry.ts';
import { writeValue } from '../figures/written.ts';
import type { Row } from '../journal/journal.ts';
import { Projector } from './projector.ts';
import { isReportRefusal, type Report } from './report.ts';
import { dressedReport } from './report-dress.ts';
import type { ReportQuery } from './report-request.ts';
import { Reports } from './reports.ts';

const DATE = '2019-04-17';
const NOON = Date.UTC(2019, 3, 17, 12);

let server: TestServer;
let database: TestDatabase;
let reports: Reports;
let app: App;

async function made(query: ReportQuery): Promise<Report> {
  const report = await reports.run(query);
  if (isReportRefusal(report)) throw new Error(report.message);
  return report;
}

/** Values of `figure` by group. */
function valuesOf(report: Report, figure: string): (number | null)[] {
  return report.rows.map(({ values }) => values.find((one) => one.figure === figure)?.value ?? null);
}

function parsed(csv: string): string[][] {
  return csv
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? ''));
}

beforeAll(async () => {
  server = await openTestServer();
  database = await openTestDatabase(server);
  const facts = await worldFacts({ seed: 7, calls: 400 });
  await new Projector(database.pool, sourceOf(facts, 4_096)).catchUp();
  reports = new Reports(database.pool, 'w', () => NOON);
  app = fastify() as unknown as App;
  reportRoutes(app, reports);
});

afterAll(async () => {
  await app?.close();
  await database?.close();
  await server?.stop();
});

test('the same figure from API, CSV and table is the same number', async () => {
  const query = { from: DATE, to: '2019-04-18' };
  const answer = await app.inject({ url: '/api/v1/reports', query: { from: DATE, to: '2019-04-18' } });
  const { total } = answer.json() as Report;
  expect(total).toEqual((await made(query)).total);
  const csv = parsed((await dressedReport(reports, query, 'csv', 'en')) as string);
  const table = (await dressedReport(reports, query, 'table', 'fr')) as string;
  const [head, ...lines] = csv;
  const at = (name: string): number => (head as string[]).indexOf(name);
  for (const one of total) {
    const line = lines.find((cells) => cells[at('figure')] === one.figure) as string[];
    const number = (name: string): number | null => (line[at(name)] === '' ? null : Number(line[at(name)]));
    expect([number('value'), number('n'), number('low'), number('high')]).toEqual([
      one.value,
      one.n,
      one.low,
      one.high,
    ]);
    const name = (figureCalled(one.figure) as Figure).name.fr;
    const row = table.split('\n').find((text) => text.startsWith(`${name} `));
    expect(row, one.figure).toContain(writeValue(one.value, one.unit, 'fr'));
  }
  expect(total.find(({ figure }) => figure === 'asked')?.value).toBeGreaterThan(300);
});

test.each([
  ['half-hour'],
  ['day'],
  ['month'],
  ['line'],
  ['language'],
  ['phase'],
  ['half-hour', 'line'],
  ['day', 'line', 'language'],
])('by %s %s: counts of the groups add up to the whole, and every group balances', async (...by) => {
  const { rows, total, balances } = await made({ from: DATE, to: '2019-04-18', by: by.filter(Boolean) });
  for (const id of ['asked', 'callbacks_registered', 'served']) {
    const parts = rows.map(({ values }) => values.find((one) => one.figure === id)?.value ?? 0);
    expect(
      parts.reduce((sum, part) => sum + part, 0),
      id,
    ).toBe(total.find((one) => one.figure === id)?.value);
  }
  expect(balances.every(({ holds }) => holds)).toBe(true);
  expect(rows.length).toBeGreaterThan(0);
});

test('by language: the gap, with its interval', async () => {
  const { gaps, rows } = await made({ figures: ['answer_rate', 'asked'], from: DATE, by: ['language'] });
  expect(rows.map(({ group }) => group.language)).toEqual(['en', 'fr']);
  const [en, fr] = valuesOf({ rows } as Report, 'answer_rate') as number[];
  const [gap] = gaps[0]?.values ?? [];
  expect(gap?.value).toBeCloseTo((en as number) - (fr as number), 5);
  expect(gap?.method).toBe('newcombe');
  expect(gaps[0]?.values).toHaveLength(1);
});

describe('asked amiss', () => {
  test.each([
    [{ figures: ['answer_rte'] }, 'report.figure_unknown', 'answer_rate'],
    [{ from: '2019-02-29' }, 'report.date_invalid', '2019-04-17'],
    [{ from: '17/04/2019' }, 'report.date_invalid', '"from"'],
    [{ from: DATE, to: 'tomorrow' }, 'report.date_invalid', '"to"'],
    [{ from: '2019-05-01', to: DATE }, 'report.period_empty', 'swap'],
    [{ by: ['week'] }, 'report.grouping_unknown', 'half-hour'],
    [{ by: ['day', 'month'] }, 'report.grouping_unknown', 'not by both'],
    [{ from: '0001-01-01', to: '9999-12-31', by: ['day'] }, 'report.too_long', 'shorter'],
    [{ figures: ["asked'; drop table record_cell; --"] }, 'report.figure_unknown', 'answer_rate'],
  ])('%j: %s', async (query, code, words) => {
    const refusal = await reports.run(query as ReportQuery);
    expect(refusal).toMatchObject({ code });
    expect((refusal as { message: string }).message).toContain(words);
  });

  test('by the API: problem+json', async () => {
    const answer = await app.inject({ url: '/api/v1/reports', query: { figures: 'nonsense' } });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'report.figure_unknown']);
  });
});

test('an empty period says that n is 0, everywhere', async () => {
  const query = { from: '2018-01-01', to: '2018-01-03', by: ['day'] };
  const report = await made(query);
  expect(report.rows.map(({ group }) => group.from)).toEqual(['2018-01-01', '2018-01-02', '2018-01-03']);
  for (const { n, low } of [...report.total, ...report.rows.flatMap(({ values }) => values)])
    expect([n, low]).toEqual([0, null]);
  expect(await dressedReport(reports, query, 'table', 'en')).toContain('n = 0');
  const csv = parsed(
    (await dressedReport(reports, { from: '2018-01-01', to: '2018-01-01' }, 'csv', 'en')) as string,
  );
  expect(csv).toHaveLength(1 + FIGURES.length + EQUATIONS.length);
});

test('half-hours as workforce tools import them', async () => {
  const csv = parsed((await dressedReport(reports, { from: DATE }, 'workforce', 'en')) as string);
  expect(csv[0]).toEqual([
    'Date',
    'Time',
    'Queue',
    'Offered',
    'Handled',
    'Abandoned',
    'ASA (s)',
    'AHT (s)',
    'Service level (%)',
  ]);
  for (const row of csv.slice(1)) {
    expect(row[0]).toBe(DATE);
    expect(row[1]).toMatch(/^\d\d:[03]0$/);
    expect(row[2]).toMatch(/^[a-z_]+\/(en|fr)$/);
  }
});

describe('a small centre of its own', () => {
  /** Records of these facts, in a shard of their own. */
  async function reportsOf(shard: string, facts: readonly Fact[]): Promise<Reports> {
    const rows = facts.map((fact, i) => ({
      seq: i + 1,
      epoch: 1,
      at: NOON + i,
      fact,
      checksum: i,
    })) as Row<Fact>[];
    await new Projector(database.pool, sourceOf(rows, 100, shard)).catchUp();
    return new Reports(database.pool, shard, () => NOON);
  }
  const call = (line: string): Fact[] =>
    [
      { type: 'call.arrived', v: 1, call: 1, channel: 'x', ani: null, line },
      { type: 'call.language_chosen', v: 1, call: 1, language: 'fr' },
      { type: 'call.agent_asked', v: 1, call: 1 },
      { type: 'call.refused', v: 1, call: 1, code: 'call.line_full' },
      { type: 'call.ended', v: 1, call: 1, by: 'centre' },
    ] as unknown as Fact[];

  test('one call only, refused: a value, and no interval from one case', async () => {
    const one = await reportsOf('one', [configured(centreOf()), ...call('visas')]);
    const report = (await one.run({ figures: ['refused', 'answer_rate'], from: DATE })) as Report;
    expect(report.total).toMatchObject([
      { value: 1, n: 1, low: null, high: null },
      { value: 0, n: 1, low: null, high: null },
    ]);
  });

  test('a line whose name is a formula opens harmlessly in a spreadsheet', async () => {
    const name = '=HYPERLINK("http://127.0.0.1/","x")';
    const hostile = await reportsOf('hostile', [
      configured(centreOf({ lines: [lineCalled(name, '1')] })),
      ...call(name),
    ]);
    const csv = (await dressedReport(hostile, { from: DATE, by: ['line'] }, 'csv', 'en')) as string;
    expect(csv).toContain(`"'=HYPERLINK(""http://127.0.0.1/"",""x"")"`);
    for (const line of csv.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+@]/);
  });

  test('phases and pauses as they were: before, phase, pause', async () => {
    const phase = { sharePermille: 1000, perDayMax: null };
    const phases = [
      { ...phase, fromAt: NOON - 3_600_000, toAt: NOON + 3_600_000 },
      { ...phase, fromAt: NOON + 7_200_000, toAt: Number.MAX_SAFE_INTEGER },
    ];
    const visas = lineCalled('visas', '1');
    const phased = await reportsOf('phased', [
      configured(centreOf({ lines: [{ ...visas, offer: { ...visas.offer, phases } }] })),
      ...call('visas'),
    ]);
    const report = (await phased.run({ figures: ['asked'], from: DATE, by: ['phase'] })) as Report;
    expect(report.rows.map(({ group }) => [group.phase, group.line])).toEqual([['phase 1', 'visas']]);
  });
});

test('how delays were spread is what a ledger in memory finds, over the same callbacks as the share', async () => {
  const book = new CellBook();
  const ledger = new Ledger(book, false);
  for (const { fact, at } of await worldFacts({ seed: 7, calls: 400 })) ledger.fact(fact, at);
  const done = book.all('callback').filter(({ ended_as }) => ended_as === 'connected');
  const spread = (delays: number[]): Fairness['slip'] => {
    const sorted = delays.sort((a, b) => a - b);
    return spreadOf(
      sorted.length,
      PERCENTILES.map((one) => sorted[Math.ceil((one * sorted.length) / 100) - 1] as number),
    );
  };
  const report = await made({ from: DATE, to: '2019-04-18' });
  expect(report.total.find(({ figure }) => figure === 'called_in_turn')?.n).toBe(done.length);
  expect(done.length).toBeGreaterThan(10);
  expect(report.fairness).toEqual({
    n: done.length,
    slip: spread(done.map(({ slip_ms }) => slip_ms)),
    beyond: spread(done.map((one) => one.slip_ms + one.own_delay_ms + one.owners_delay_ms)),
  });
  const text = (await dressedReport(reports, { from: DATE, to: '2019-04-18' }, 'table', 'en')) as string;
  expect(text).toContain('called in about the same delay as if they had held: for');
  expect((await made({ from: DATE, by: ['day'] })).fairness.n).toBe(0);
});

test('figures of SQL are those of the registry on the same counts', async () => {
  const found = await database.pool.query<Counts>("select * from record_cell where shard = 'w'");
  const total: Record<string, number> = {};
  for (const row of found.rows)
    for (const [column, count] of Object.entries(row))
      if (typeof count === 'number' && column !== 'half_hour') total[column] = (total[column] ?? 0) + count;
  const report = await made({ from: '2019-01-01', to: '2020-01-01' });
  expect(report.total).toEqual(FIGURES.map((figure) => estimate(figure, total as Counts)));
});
