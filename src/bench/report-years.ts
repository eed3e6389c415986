// Five years of a national centre's records, made in SQL: cells of every half-hour from 07:00 to 19:00 of every day, four
// lines, two languages; and a row for each call and each callback. Counts balance as real ones do; nearly every column is
// filled, which is wider than life. Nothing here is what a centre would report.

import type pg from 'pg';
import { LEDGER_VERSION } from '../figures/ledger/ledger.ts';
import { dayOf } from '../records/local-time.ts';
import { DAYS_ANEW } from '../records/record-tables.ts';

export const SHARD = 'bench';
export const TIME_ZONE = 'America/Toronto';
export const FIRST_YEAR = 2019;
export const YEARS = 5;
const LINES = ['permanent-residence', 'family-sponsorship', 'temporary-residence', 'citizenship-pr-cards'];
const HALF_HOURS_A_DAY = 24;
const CELLS_A_DAY = HALF_HOURS_A_DAY * LINES.length * 2;
const DAYS = 1_826;

/** As part of those who asked (`a`) or registered (`r`), so that every equation holds. */
const COUNTS: Readonly<Record<string, string>> = {
  asked: 'a',
  refused_full: 'a / 10',
  refused_closed: 'a / 50',
  abandoned: 'a * 35 / 100',
  abandoned_short: 'a / 50',
  registered: 'r',
  merged: 'a / 100',
  answered_live: 'a - a / 10 - a / 50 - a * 35 / 100 - a / 50 - r - a / 100',
  entered: 'a - a / 10 - a / 50',
  not_asked: 'a / 2',
  live_hold_ms: 'a * 400000::bigint',
  live_hold_ds2: 'a * 30000000::bigint',
  abandoned_hold_ms: 'a * 200000::bigint',
  served_wait_ms: 'a * 600000::bigint',
  served_wait_ds2: 'a * 90000000::bigint',
  served_within_20s: 'a / 20',
  served_within_5m: 'a / 8',
  served_within_15m: 'a / 5',
  served_within_30m: 'a / 3',
  left_over_30m: 'a / 20',
  offered: 'a / 5',
  offer_withdrawn: 'a / 100',
  not_offered_wait_short: 'a / 6',
  not_offered_too_late: 'a / 40',
  not_offered_not_begun: 'a / 4',
  not_offered_pending_full: 'a / 90',
  connected: 'r - r / 10 - r / 20 - r / 50',
  incomplete_no_answer: 'r / 10',
  cancelled_by_client: 'r / 20',
  expired_closing: 'r / 50',
  attempted: 'r * 9 / 10',
  first_attempts: 'r * 9 / 10',
  first_reached: 'r * 7 / 10',
  attempts_permitted: 'r * 12 / 10',
  failed_no_answer: 'r / 4',
  failed_busy: 'r / 30',
  quoted: 'a / 2',
  quote_error_ms: 'a * 1000::bigint',
  quote_error_ds2: 'a * 4000000::bigint',
  quote_abs_ms: 'a * 150000::bigint',
  quote_inside: 'a * 4 / 10',
  quote_sooner: 'a / 20',
  quote_later: 'a / 20',
  turn_wait_ms: 'r * 2600000::bigint',
  slip_ms: 'r * 200::bigint',
  slip_ds2: 'r * 9::bigint',
  slip_within_1s: 'r * 98 / 100',
  own_delay_ms: 'r * 90000::bigint',
  owners_delay_ms: 'r * 9000::bigint',
  handover_ms: 'r * 20000::bigint',
  overtaken_client_not_reached: 'r / 3',
  handled_live: 'a * 4 / 10',
  live_ring_ms: 'a * 1600::bigint',
  live_talk_ms: 'a * 280000::bigint',
  live_wrap_ms: 'a * 24000::bigint',
  live_handle_ds2: 'a * 44000000::bigint',
  handled_callback: 'r * 8 / 10',
  callback_ring_ms: 'r * 16000::bigint',
  callback_talk_ms: 'r * 560000::bigint',
  callback_wrap_ms: 'r * 48000::bigint',
  callback_handle_ds2: 'r * 88000000::bigint',
  agent_lost_ms: 'r * 20000::bigint',
  persons: 'a * 8 / 10',
  persons_reached_first: 'a * 3 / 10',
  persons_1_call: 'a * 8 / 10 - a * 2 / 10',
  persons_2_calls: 'a * 2 / 10',
};

/** Makes about so many calls; gives how many there are. Everything before it is gone. */
export async function makeYears(pool: pg.Pool, calls: number, log: (line: string) => void): Promise<Made> {
  const cellsWanted = DAYS * CELLS_A_DAY;
  await pool.query('select setseed(0.2019)');
  await pool.query(
    `insert into record_cell (shard, half_hour, line, language, ${Object.keys(COUNTS).join(', ')})
     select $1, half_hour, line, language, ${Object.values(COUNTS).join(', ')} from (
       select extract(epoch from (day + (n * interval '30 minutes') + interval '7 hours') at time zone $2)::bigint * 1000
           as half_hour, line, language, a, a * 9 / 100 as r
         from generate_series(timestamp '${FIRST_YEAR}-01-01', timestamp '${FIRST_YEAR}-01-01' + interval '${DAYS - 1} days',
             interval '1 day') as day,
           generate_series(0, ${HALF_HOURS_A_DAY - 1}) as n, unnest($3::text[]) as line,
           unnest(array['en', 'fr']) as language,
           lateral (select floor($4::float8 * (0.4 + 1.2 * random()) + random())::integer as a
             where n is not null and line is not null and language is not null and day is not null) as drawn
         where a > 0
         order by 1, 2, 3) as cells`,
    [SHARD, TIME_ZONE, LINES, calls / cellsWanted],
  );
  await makeDays(pool);
  log('cells made');
  await makeRows(pool);
  log('rows made');
  await pool.query('insert into record_position values ($1, 1, 0, 0, $2)', [SHARD, LEDGER_VERSION]);
  const things = [
    {
      kind: 'centre',
      id: 'centre',
      thing: { id: 'centre', now: 0, isUp: true, timeZone: TIME_ZONE, fresh: [] },
    },
    ...LINES.map((id) => ({ kind: 'line', id, thing: { id, name: { en: id, fr: id }, phases: PHASES } })),
  ];
  for (const { kind, id, thing } of things)
    await pool.query('insert into record_open values ($1, $2, $3, $4)', [
      SHARD,
      kind,
      id,
      JSON.stringify(thing),
    ]);
  await pool.query('vacuum analyze record_cell');
  const made = await pool.query<Made>(
    `select count(*) as cells, sum(asked) as calls, sum(registered) as callbacks,
       pg_total_relation_size('record_cell') as "cellBytes", pg_total_relation_size('record_call') as "callBytes"
     from record_cell`,
  );
  return made.rows[0] as Made;
}

export type Made = {
  readonly cells: number;
  readonly calls: number;
  readonly callbacks: number;
  readonly cellBytes: number;
  readonly callBytes: number;
};

/** Local midnight of a date: owners begin a phase with a day. */
function midnight(year: number, month: number, day: number): number {
  return dayOf(Date.UTC(year, month, day, 12), TIME_ZONE);
}

const PHASES = [
  { fromAt: midnight(2019, 3, 17), toAt: midnight(2020, 2, 19), sharePermille: 1000, perDayMax: null },
  { fromAt: midnight(2020, 10, 9), toAt: Number.MAX_SAFE_INTEGER, sharePermille: 1000, perDayMax: null },
];

async function makeDays(pool: pg.Pool): Promise<void> {
  const found = await pool.query<{ at: number }>('select distinct half_hour as at from record_cell');
  const halfHours = found.rows.map(({ at }) => at);
  await pool.query(DAYS_ANEW, [SHARD, halfHours, halfHours.map((at) => dayOf(at, TIME_ZONE))]);
  await pool.query('vacuum analyze record_day');
}

/** A row for each call and callback, without keys until they are there: made in the order of time, as they would be. */
async function makeRows(pool: pg.Pool): Promise<void> {
  for (const table of ['record_call', 'record_callback'])
    await pool.query(`alter table ${table} set unlogged`);
  await pool.query('alter table record_call drop constraint record_call_pkey');
  await pool.query('drop index record_call_person');
  await pool.query(
    `insert into record_call (shard, call, arrived_at, asked_at, ended_at, line, language, person, place, outcome)
     select $1, row_number() over (), half_hour + n * 1800000 / asked, half_hour + n * 1800000 / asked + 30000,
       half_hour + n * 1800000 / asked + 900000, line, language, md5((random() * 3e6)::integer::text), null, 'answered'
     from record_cell, generate_series(1, asked) as n`,
    [SHARD],
  );
  await pool.query(
    `insert into record_callback (shard, callback, place, call, person, registered_at, ended_at, ended_as, cause,
       attempts, slip_ms, own_delay_ms, owners_delay_ms, overtaken)
     select $1, row_number() over (), 0, 0, md5((random() * 3e6)::integer::text), half_hour, half_hour + 3600000,
       'connected', '', 1, 0, 0, 0, 0
     from record_cell, generate_series(1, registered) as n`,
    [SHARD],
  );
}
