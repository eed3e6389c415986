// The tables of the records and the statements that write them. A batch of rows goes as one JSON text, so that a statement
// has the same words however many rows there are. It must not know what a column means.

import { COLUMNS } from '../figures/column.ts';
import type { RecordKind } from '../figures/ledger/sink.ts';

export const ROW_TABLES: Readonly<Record<RecordKind, string>> = {
  call: 'record_call',
  place: 'record_place',
  callback: 'record_callback',
  attempt: 'record_attempt',
  agent_state: 'record_agent_state',
  survey: 'record_survey',
};

/** Everything that belongs to the records, in no order: what is dropped and made anew. */
export const ALL_TABLES: readonly string[] = [
  ...Object.values(ROW_TABLES),
  'record_cell',
  'record_day',
  'record_open',
  'record_position',
];

const added = COLUMNS.map(
  (column) => `${column} = nullif(coalesce(c.${column}, 0) + coalesce(excluded.${column}, 0), 0)`,
);

/** `$1`: an array of rows as JSON. A row that stands already is a bug, and the key says so. */
export function insertRows(kind: RecordKind): { readonly name: string; readonly text: string } {
  const table = ROW_TABLES[kind];
  return {
    name: `records-${kind}`,
    text: `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`,
  };
}

/** `$1`: what is to be added to cells, as JSON. Nought is null, however it came about: the same facts, the same bytes. */
export const ADD_CELLS = adding('record_cell', 'half_hour');
/** The same, by local day. */
export const ADD_DAYS = adding('record_day', 'day');

function adding(table: string, time: string): { readonly name: string; readonly text: string } {
  return {
    name: `records-${table}`,
    text: `insert into ${table} as c select * from json_populate_recordset(null::${table}, $1)
      on conflict (shard, ${time}, line, language) do update set ${added.join(', ')}`,
  };
}

const sums = COLUMNS.map((column) => `nullif(sum(${column}), 0)`);

/** All days anew from the half-hours, when the centre's time zone has changed. `$1` shard; `$2` half-hours, `$3` their days. */
export const DAYS_ANEW = `insert into record_day (shard, day, line, language, ${COLUMNS.join(', ')})
  select shard, day_at, line, language, ${sums.join(', ')}
  from record_cell join unnest($2::bigint[], $3::bigint[]) as known (at, day_at) on half_hour = at
  where shard = $1 group by 1, 2, 3, 4`;

/** `$1`: rows as JSON. */
export const KEEP_OPEN = {
  name: 'records-open',
  text: `insert into record_open (shard, kind, id, body)
    select * from json_populate_recordset(null::record_open, $1)
    on conflict (shard, kind, id) do update set body = excluded.body`,
};

/** `$1` shard; `$2` kinds, `$3` ids. */
export const DROP_ENDED = {
  name: 'records-ended',
  text: `delete from record_open o using unnest($2::text[], $3::text[]) as ended (kind, id)
    where o.shard = $1 and o.kind = ended.kind and o.id = ended.id`,
};

/** `$1` shard; `$2` the keys of persons who were erased: their rows stay, and say no more whose they are. */
export const FORGET_PERSONS: readonly string[] = [ROW_TABLES.call, ROW_TABLES.callback].map(
  (table) => `update ${table} set person = '' where shard = $1 and person = any($2) and person <> ''`,
);

/** Whoever projects moves the position from where they found it; else somebody else has. */
export const MOVE_POSITION = {
  name: 'records-position',
  text: `update record_position set seq = $3, checksum = $4, at = $5 where shard = $1 and seq = $2`,
};
