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
};

/** Everything that belongs to the records, in no order: what is dropped and made anew. */
export const ALL_TABLES: readonly string[] = [
  ...Object.values(ROW_TABLES),
  'record_cell',
  'record_open',
  'record_survey',
  'record_position',
];

/** `$1`: an array of rows as JSON. A row that stands already is a bug, and the key says so. */
export function insertRows(kind: RecordKind): { readonly name: string; readonly text: string } {
  const table = ROW_TABLES[kind];
  return {
    name: `records-${kind}`,
    text: `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`,
  };
}

const added = COLUMNS.map(
  (column) => `${column} = nullif(coalesce(c.${column}, 0) + coalesce(excluded.${column}, 0), 0)`,
);

/** `$1`: what is to be added to cells, as JSON. Nought is null, however it came about: the same facts, the same bytes. */
export const ADD_CELLS = {
  name: 'records-cells',
  text: `insert into record_cell as c select * from json_populate_recordset(null::record_cell, $1)
    on conflict (shard, half_hour, line, language) do update set ${added.join(', ')}`,
};

/** `$1` shard; `$2` kinds, `$3` ids, `$4` bodies. */
export const KEEP_OPEN = {
  name: 'records-open',
  text: `insert into record_open (shard, kind, id, body)
    select $1, kind, id, body from unnest($2::text[], $3::text[], $4::text[]) as fresh (kind, id, body)
    on conflict (shard, kind, id) do update set body = excluded.body`,
};

/** `$1` shard; `$2` kinds, `$3` ids. */
export const DROP_ENDED = {
  name: 'records-ended',
  text: `delete from record_open o using unnest($2::text[], $3::text[]) as ended (kind, id)
    where o.shard = $1 and o.kind = ended.kind and o.id = ended.id`,
};

/** Whoever projects moves the position from where they found it; else somebody else has. */
export const MOVE_POSITION = {
  name: 'records-position',
  text: `update record_position set seq = $3, checksum = $4, at = $5 where shard = $1 and seq = $2`,
};
