// The cells of a stretch of time as they stand, for whoever holds another count against them. It computes nothing.

import type pg from 'pg';
import type { Column, Counts } from '../figures/column.ts';
import type { Cell } from '../figures/ledger/sink.ts';

export type CountedCell = Cell & { readonly counts: Counts };

export async function countedCells(
  pool: pg.Pool,
  shard: string,
  columns: readonly Column[],
): Promise<CountedCell[]> {
  const sums = columns.map((column) => `coalesce(${column}, 0)::float8 as ${column}`);
  const found = await pool.query<Counts & { at: number; line: string; language: string }>(
    `select half_hour as at, line, language, ${sums.join(', ')} from record_cell where shard = $1
     order by 1, 2, 3`,
    [shard],
  );
  return found.rows.map(({ at, line, language, ...counts }) => ({ halfHour: at, line, language, counts }));
}
