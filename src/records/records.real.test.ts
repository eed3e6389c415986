// Records on a real PostgreSQL: the same bytes whatever the batches, after being dropped, after a kill in the middle, with
// two at work at once; the cells in SQL are those that a fold in memory has; and what the rows say, counted by SQL alone,
// is what the cells say.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CellBook } from '../../test/support/cell-book.ts';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../test/support/database.ts';
import { chance } from '../../test/support/random-centre.ts';
import { sourceOf, worldFacts } from '../../test/support/world-facts.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { writtenIn } from '../core/upcast.ts';
import { addCounts, COLUMNS, type Counts, unitOf } from '../figures/column.ts';
import { Ledger } from '../figures/ledger/ledger.ts';
import { cellKey } from '../figures/ledger/sink.ts';
import type { Row } from '../journal/journal.ts';
import { dayOf } from './local-time.ts';
import { Projector } from './projector.ts';
import { ALL_TABLES } from './record-tables.ts';

const SEED = 20190417;
const CALLS = 500;
const KILL_SEED = Number(process.env.RAPPEL_SEED ?? Date.now() % 2 ** 31);
const CHILD = join(import.meta.dirname, '../../test/support/world-facts.ts');

let server: TestServer;
let facts: Row<Fact>[];
let whole: string;
const open: TestDatabase[] = [];

async function freshDatabase(): Promise<TestDatabase> {
  const database = await openTestDatabase(server);
  open.push(database);
  return database;
}

/** Everything in the records, in the order of keys, as one hash. */
async function bytesOf({ pool }: TestDatabase): Promise<string> {
  const hash = createHash('sha256');
  for (const table of [...ALL_TABLES].sort()) {
    const found = await pool.query<{ row: string }>(
      `select t::text as row from ${table} t order by t::text collate "C"`,
    );
    hash.update(`${table} ${found.rowCount}\n`);
    for (const { row } of found.rows) hash.update(`${row}\n`);
  }
  return hash.digest('hex');
}

beforeAll(async () => {
  server = await openTestServer();
  facts = await worldFacts({ seed: SEED, calls: CALLS });
  const database = await freshDatabase();
  await new Projector(database.pool, sourceOf(facts, 4_096)).catchUp();
  whole = await bytesOf(database);
});

afterAll(async () => {
  for (const database of open) await database.close();
  await server?.stop();
});

test('columns in SQL are those of the ledger, each of its kind', async () => {
  const found = await open[0]!.pool.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_name = 'record_cell' and column_name not in ('shard', 'half_hour', 'line', 'language')`,
  );
  const wanted = COLUMNS.map((name) => ({ name, type: unitOf(name) === 'cases' ? 'integer' : 'bigint' }));
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  expect(found.rows.sort(byName), 'add a migration for what the ledger counts anew').toEqual(
    wanted.sort(byName),
  );
});

test.each([1_000, 7])('batches of %i facts give the same bytes', async (page) => {
  const database = await freshDatabase();
  const few = page < 100 ? facts.slice(0, 3_000) : facts;
  await new Projector(database.pool, sourceOf(few, page)).catchUp();
  const other = page < 100 ? await freshDatabase() : null;
  if (other !== null) await new Projector(other.pool, sourceOf(few, 4_096)).catchUp();
  expect(await bytesOf(database)).toBe(other === null ? whole : await bytesOf(other));
});

test('a batch of several pages gives the same bytes', async () => {
  const database = await freshDatabase();
  const projector = new Projector(database.pool, sourceOf(facts, 97), 1_000);
  await projector.step();
  expect(await projector.step()).toBeGreaterThanOrEqual(2_000);
  await projector.catchUp();
  expect(await bytesOf(database)).toBe(whole);
});

test('dropped and made anew: the same bytes', async () => {
  const database = await freshDatabase();
  const projector = new Projector(database.pool, sourceOf(facts, 512));
  await projector.step();
  await projector.reset();
  await projector.catchUp();
  expect(await bytesOf(database)).toBe(whole);
});

test(`killed in the middle, again and again (RAPPEL_SEED=${KILL_SEED}): the same bytes`, async () => {
  const pick = chance(KILL_SEED);
  const database = await freshDatabase();
  const order = JSON.stringify({ connection: database.connection, seed: SEED, calls: CALLS, page: 211 });
  let kills = 0;
  for (let isOver = false; !isOver; ) {
    const child = spawn(process.execPath, [CHILD, order], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    let left = kills < 6 ? 1 + pick(12) : Number.POSITIVE_INFINITY;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line !== '') left -= 1;
      if (left <= 0 && !child.killed) child.kill('SIGKILL');
    }
    const [code] = await ended;
    isOver = code === 0;
    if (!isOver) kills += 1;
  }
  expect(kills).toBeGreaterThan(0);
  expect(await bytesOf(database)).toBe(whole);
});

test('two at once: nothing twice', async () => {
  const database = await freshDatabase();
  const one = new Projector(database.pool, sourceOf(facts, 301));
  const other = new Projector(database.pool, sourceOf(facts, 199));
  await Promise.all([one.catchUp(), other.catchUp()]);
  expect(await bytesOf(database)).toBe(whole);
});

test('a journal that was restored to another one: records are begun anew', async () => {
  const database = await freshDatabase();
  const altered = facts.map((row) => ({ ...row, checksum: 1 }));
  await new Projector(database.pool, sourceOf(altered, 4_096)).catchUp();
  await new Projector(database.pool, sourceOf(facts, 4_096)).catchUp();
  expect(await bytesOf(database)).toBe(whole);
});

test('the cells are those that a fold in memory has', async () => {
  const book = new CellBook();
  const ledger = new Ledger(book, false);
  for (const { fact, at } of facts) ledger.fact(fact, at);
  const found = await open[0]!.pool.query<{ half_hour: number; line: string; language: string } & Counts>(
    'select * from record_cell',
  );
  expect(found.rows.length).toBe(book.cells.size);
  for (const row of found.rows) {
    const key = cellKey({ halfHour: row.half_hour, line: row.line, language: row.language });
    const counts = book.cells.get(key)?.counts ?? {};
    for (const column of COLUMNS) expect(row[column] ?? 0, `${key} ${column}`).toBe(counts[column] ?? 0);
  }
});

test('days are the half-hours added up, also where the centre moved to another time zone', async () => {
  const half = Math.floor(facts.length / 2);
  const configured = facts.flatMap(({ fact }) => (fact.type === 'centre.configured' ? fact : []))[0];
  const configuration = {
    ...writtenIn(configured as FactOf<'centre.configured'>),
    timeZone: 'America/St_Johns',
  };
  const moved: Fact = { type: 'centre.configured', v: 1, hash: 'moved', configuration };
  const before = facts[half - 1] as Row<Fact>;
  const rows = [...facts.slice(0, half), { ...before, fact: moved }, ...facts.slice(half)].map((row, i) => ({
    ...row,
    seq: i + 1,
  }));
  const [one, other] = [await freshDatabase(), await freshDatabase()];
  await new Projector(one.pool, sourceOf(rows, 4_096)).catchUp();
  await new Projector(other.pool, sourceOf(rows, 313)).catchUp();
  expect(await bytesOf(other)).toBe(await bytesOf(one));
  const sums = COLUMNS.map((column) => `coalesce(sum(${column}), 0)::float8 as ${column}`).join(', ');
  const cells = await one.pool.query<{ at: number } & Counts>(
    `select half_hour as at, ${sums} from record_cell group by 1`,
  );
  const days = await one.pool.query<{ at: number } & Counts>(
    `select day as at, ${sums} from record_day group by 1`,
  );
  const expected = new Map<number, Counts>();
  for (const { at, ...counts } of cells.rows) {
    const day = dayOf(at, 'America/St_Johns');
    const known = expected.get(day) ?? {};
    addCounts(known, counts);
    expected.set(day, known);
  }
  expect(new Map(days.rows.map(({ at, ...counts }) => [at, counts]))).toEqual(expected);
  expect(expected.size).toBeGreaterThan(0);
});

test('what the rows say, counted by SQL alone, is what the cells say', async () => {
  const { pool } = open[0]!;
  const cells = await pool.query<Counts>(
    `select ${COLUMNS.map((column) => `coalesce(sum(${column}), 0)::float8 as ${column}`).join(', ')} from record_cell`,
  );
  const rows = await pool.query<Record<string, number>>(`
    select
      (select count(*) from record_call where asked_at is not null) as asked,
      (select count(*) from record_call where outcome = 'answered' and asked_at is not null) as answered_live,
      (select count(*) from record_call where outcome = 'call.line_full') as refused_full,
      (select count(*) from record_call where outcome = 'abandoned') as given_up,
      (select count(*) from record_call where outcome = 'gone_unseen') as gone_unseen,
      (select count(*) from record_callback) as registered,
      (select count(*) from record_callback where ended_as = 'connected') as connected,
      (select count(*) from record_callback where ended_as = 'incomplete') as incomplete,
      -- Once for a place: who was answered, and then transferred, may have had a callback beside.
      (select coalesce(sum(connected_at - taken_at), 0) from record_callback b join record_place p using (shard, place)
         where ended_as = 'connected'
           and not exists (select 1 from record_call c where c.call = p.call and c.outcome = 'answered')
           and not exists (select 1 from record_callback e
             where e.place = b.place and e.ended_as = 'connected' and e.callback < b.callback)) as callback_wait_ms,
      (select coalesce(sum(agent_at - taken_at), 0) from record_place p join record_call c using (shard, call)
         where c.outcome = 'answered' and c.asked_at is not null) as live_wait_ms,
      (select count(*) from record_attempt where permitted_at is not null) as attempts_permitted,
      (select count(*) from record_place where offer in ('offered', 'withdrawn')) as offered,
      (select sum(to_at - from_at) from record_agent_state where state = 'ready') as agent_ready_ms,
      (select count(distinct person) from record_call where person <> '' and asked_at is not null) as persons,
      (select count(*) from record_place where quoted_ms is not null and agent_at is not null) as quoted,
      (select sum(slip_ms) from record_callback where ended_as = 'connected') as slip_ms`);
  const cell = cells.rows[0] as Required<Counts>;
  const incomplete = COLUMNS.filter((column) => column.startsWith('incomplete_'));
  expect(rows.rows[0]).toEqual({
    asked: cell.asked,
    answered_live: cell.answered_live,
    refused_full: cell.refused_full,
    given_up: cell.abandoned + cell.abandoned_short,
    gone_unseen: cell.gone_unseen,
    registered: cell.registered + cell.asked_by_page + cell.rejoined_registered + cell.transferred_registered,
    connected: cell.connected,
    incomplete: incomplete.reduce((sum, column) => sum + cell[column], 0),
    callback_wait_ms: cell.served_wait_ms - cell.live_hold_ms,
    live_wait_ms: cell.live_hold_ms,
    attempts_permitted: cell.attempts_permitted,
    offered: cell.offered,
    agent_ready_ms: cell.agent_ready_ms,
    persons: cell.persons,
    quoted: cell.quoted,
    slip_ms: cell.slip_ms,
  });
  expect(cell.registered).toBeGreaterThan(0);
});
