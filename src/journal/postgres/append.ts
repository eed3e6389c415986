// The one statement that writes facts. Proved by tests with two leaders, paused leaders, takeover in
// mid-transaction: a plain SELECT of the epoch, or an advisory lock alone, let a deposed leader write.
//   held: the lease row, locked until our commit, and only if the epoch is still ours;
//   written: the rows, or none when held is empty; the primary key (shard, seq) is the second fence;
//   enclosed: rows of other tables that are kept with these facts or not at all, by the same rule.
// It must not decide what a failure means (postgres-journal.ts does).
import type pg from 'pg';
import { assert } from '../../core/assert.ts';
import { type EnclosedRow, type InsertClause, insertClauses } from '../../database/enclosed-row.ts';
import { enclosedRowsMax } from '../journal.ts';
import type { Batch } from './batch.ts';

/** Followers and records listen here; the payload is the shard. */
export const channel = 'rappel_journal';

/** With what is enclosed in the same statement: one way to the server and back, and all of it or nothing. */
function appendText(enclosed: readonly InsertClause[]): string {
  const more = enclosed.map(({ text }, index) => `, enclosed_${index} as (\n    ${text}\n  )`);
  return `
  with held as materialized (
    select epoch from lease where shard = $1 and epoch = $2 for share
  ), written as (
    insert into journal (shard, seq, epoch, at, checksum, bytes)
    select $1, $3::bigint + fresh.place, held.epoch, fresh.at, fresh.checksum, fresh.bytes
    from held, unnest($4::bigint[], $5::bigint[], $6::bytea[]) with ordinality as fresh (at, checksum, bytes, place)
    returning 1
  )${more.join('')}
  select count(*)::int as written, pg_notify('${channel}', $1) from written`;
}

const appendAlone = appendText([]);

/** True: committed. False: the epoch is no longer ours, and nothing was written. Throws: the outcome is unknown. */
export async function append(
  client: pg.ClientBase,
  shard: string,
  epoch: number,
  batch: Batch,
  enclosed: readonly EnclosedRow[],
): Promise<boolean> {
  assert(enclosed.length <= enclosedRowsMax, `an append encloses at most ${enclosedRowsMax} rows`);
  const ours = [shard, epoch, batch.firstSeq - 1, batch.ats, batch.checksums, batch.bytes];
  const clauses = insertClauses(enclosed, 'held', ours.length + 1);
  const statement =
    clauses.length === 0 ? { name: 'rappel-append', text: appendAlone } : { text: appendText(clauses) };
  const values = [...ours, ...clauses.flatMap((clause) => clause.values)];
  const result = await client.query({ ...statement, values });
  const written = result.rows[0].written;
  assert(written === batch.count || written === 0, 'an append writes all of its rows or none');
  return written === batch.count;
}

/** The end of the journal, for a new leader and after a lost connection. */
export async function readEnd(
  client: pg.ClientBase,
  shard: string,
): Promise<{ readonly seq: number; readonly epoch: number; readonly checksum: number }> {
  const found = await client.query(
    'select seq, epoch, checksum from journal where shard = $1 order by seq desc limit 1',
    [shard],
  );
  return found.rows[0] ?? { seq: 0, epoch: 0, checksum: 0 };
}
