// The reports bench: how long reports take over five years of a national centre, through the same function as the API's
// and the command's, all figures at once. On a PostgreSQL of its own, as it comes; gone afterwards. A bench measures, it
// does not judge, but it says whether each is within its limit.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../database/migrations/migrations.ts';
import { openPool } from '../database/pool.ts';
import { openDatabase } from '../database/schema.ts';
import { startPostgres } from '../local/postgres.ts';
import { isReportRefusal } from '../records/report.ts';
import type { ReportQuery } from '../records/report-request.ts';
import { Reports } from '../records/reports.ts';
import { Clearing } from './clearing.ts';
import { FIRST_YEAR, type Made, makeYears, SHARD, YEARS } from './report-years.ts';
import { medianOf, rounded } from './spread.ts';

export type ReportsOptions = {
  readonly calls?: number;
  readonly log?: (line: string) => void;
};

export type ReportsResult = {
  readonly queries: readonly QueryResult[];
  readonly ok: boolean;
  readonly made: Made;
  readonly postgres: string;
};

type QueryResult = {
  readonly name: string;
  /** Median of the runs, and the first of them. */
  readonly ms: number;
  readonly firstMs: number;
  readonly limitMs: number;
  readonly rows: number;
};

const CALLS = 21_500_000;
const RUNS = 7;

type Query = { readonly name: string; readonly limitMs: number; readonly query: ReportQuery };

const YEAR = { from: `${FIRST_YEAR + 3}-01-01`, to: `${FIRST_YEAR + 3}-12-31` };
const ALL = { from: `${FIRST_YEAR}-01-01`, to: `${FIRST_YEAR + YEARS - 1}-12-31` };

const QUERIES: readonly Query[] = [
  {
    name: 'a day by half-hour and line',
    limitMs: 50,
    query: { from: `${FIRST_YEAR + 3}-05-10`, to: `${FIRST_YEAR + 3}-05-10`, by: ['half-hour', 'line'] },
  },
  { name: 'a year by day', limitMs: 1_000, query: { ...YEAR, by: ['day'] } },
  { name: 'a year by line and language', limitMs: 1_000, query: { ...YEAR, by: ['line', 'language'] } },
  { name: 'five years by month', limitMs: 1_000, query: { ...ALL, by: ['month'] } },
  { name: 'five years by phase', limitMs: 1_000, query: { ...ALL, by: ['phase'] } },
];

export async function run(options: ReportsOptions = {}): Promise<ReportsResult> {
  const { calls = CALLS, log = () => {} } = options;
  const clearing = new Clearing();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'rp-bench-'));
    clearing.add(() => rm(folder, { recursive: true, force: true }));
    // As root the server runs as another user, who has to get through to its data.
    await chmod(folder, 0o711);
    const server = await startPostgres({ dataDir: join(folder, 'postgres') });
    clearing.add(() => server.stop());
    const pool = openPool(server.connection, { sizeMax: 1 });
    clearing.add(() => pool.end());
    await migrate(openDatabase(pool));
    const made = await makeYears(pool, calls, log);
    const reports = new Reports(pool, SHARD, () => Date.UTC(FIRST_YEAR + YEARS, 0, 2));
    const queries: QueryResult[] = [];
    for (const query of QUERIES) queries.push(await timed(reports, query));
    return { queries, ok: queries.every(({ ms, limitMs }) => ms <= limitMs), made, postgres: server.version };
  } finally {
    await clearing.clear();
  }
}

async function timed(reports: Reports, { name, limitMs, query }: Query): Promise<QueryResult> {
  const took: number[] = [];
  let rows = 0;
  for (let i = 0; i < RUNS; i += 1) {
    const startedAt = performance.now();
    const report = await reports.run(query);
    took.push(performance.now() - startedAt);
    if (isReportRefusal(report)) throw new Error(report.message);
    if (!report.balances.every(({ holds }) => holds)) throw new Error(`${name}: the columns do not add up`);
    rows = report.rows.length;
  }
  return { name, ms: rounded(medianOf(took), 1), firstMs: rounded(took[0] ?? 0, 1), limitMs, rows };
}

export function lines({ queries, made, postgres }: ReportsResult): readonly string[] {
  const { calls, callbacks, cells, cellBytes, callBytes } = made;
  const mb = (bytes: number): number => Math.round(bytes / 1e6);
  return [
    ...queries.map(
      ({ name, ms, firstMs, limitMs, rows }) =>
        `${name.padEnd(30)} ${String(ms).padStart(7)} ms (first ${firstMs}, limit ${limitMs}), ${rows} rows`,
    ),
    `${calls} calls (${mb(callBytes)} MB), ${callbacks} callbacks, ${cells} cells (${mb(cellBytes)} MB); PostgreSQL ${postgres}`,
  ];
}
