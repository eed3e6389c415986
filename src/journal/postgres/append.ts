// The one statement that writes facts. Proved by tests with two leaders, paused leaders, takeover in
// mid-transaction: a plain SELECT of the epoch, or an advisory lock alone, let a deposed leader write.
//   held: the lease row, locked until our commit, and only if the epoch is still ours;
//   written: the rows, or none when held is empty; the primary key (shard, seq) is the second fence.
// It must not decide what a failure means (postgres-journal.ts does).
import type pg from 'pg';
import { assert } from '../../core/assert.ts';
import { type EnclosedRow, insertStatements } from '../../database/enclosed-row.ts';
import { enclosedRowsMax } from '../journal.ts';
import type { Batch } from './batch.ts';

/** Followers and records listen here; the payload is the shard. */
export const channel = 'rappel_journal';

const appendText = `
  with held as materialized (
    select epoch from lease where shard = $1 and epoch = $2 for share
  ), written as (
    insert into journal (shard, seq, epoch, at, checksum, bytes)
    select $1, $3::bigint + fresh.place, held.epoch, fresh.at, fresh.checksum, fresh.bytes
    from held, unnest($4::bigint[], $5::bigint[], $6::bytea[]) with ordinality as fresh (at, checksum, bytes, place)
    returning 1
  )
  select count(*)::int as written, pg_notify('${channel}', $1) from written`;

async function appendRows(
  client: pg.ClientBase,
  shard: string,
  epoch: number,
  batch: Batch,
): Promise<boolean> {
  const result = await client.query({
    name: 'rappel-append',
    text: appendText,
    values: [shard, epoch, batch.firstSeq - 1, batch.ats, batch.checksums, batch.bytes],
  });
  const written = result.rows[0].written;
  assert(written === batch.count || written === 0, 'an append writes all of its rows or none');
  return written === batch.count;
}

/** True: committed. False: the epoch is no longer ours, and nothing was written. Throws: the outcome is unknown. */
export async function append(
  client: pg.ClientBase,
  shard: string,
  epoch: number,
  batch: Batch,
  enclosed: readonly EnclosedRow[],
): Promise<boolean> {
  if (enclosed.length === 0) return appendRows(client, shard, epoch, batch);
  assert(enclosed.length <= enclosedRowsMax, `an append encloses at most ${enclosedRowsMax} rows`);
  const inserts = insertStatements(enclosed);
  await client.query('begin');
  const committed = await appendRows(client, shard, epoch, batch);
  if (!committed) {
    await client.query('rollback');
    return false;
  }
  for (const insert of inserts) await client.query(insert);
  await client.query('commit');
  return true;
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
