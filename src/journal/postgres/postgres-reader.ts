// Reading a shard from PostgreSQL: replay, tail, snapshots. Over the pool, so it never stands in the leader's way.
// Every row goes through the chain. It must not know what a fact means, nor who leads.
import type pg from 'pg';
import { assert } from '../../core/assert.ts';
import type { Connection } from '../../database/pool.ts';
import { ChainReader, chainStart, type StoredRow } from '../chain.ts';
import {
  ChainBroken,
  type Fact,
  type JournalReader,
  type Row,
  type Snapshot,
  snapshotsKept,
  type Tail,
} from '../journal.ts';
import { PostgresTail } from './postgres-tail.ts';

/** Rows of one page: large enough to be quick, small enough to keep the process responsive. */
export const pageRows = 4_096;

const pageText = `
  select seq, epoch, at, checksum, bytes from journal
  where shard = $1 and seq >= $2 order by seq limit ${pageRows}`;

export class PostgresReader<F extends Fact> implements JournalReader<F> {
  readonly shard: string;
  readonly #pool: pg.Pool;
  readonly #connection: Connection;

  constructor(shard: string, pool: pg.Pool, connection: Connection) {
    this.shard = shard;
    this.#pool = pool;
    this.#connection = connection;
  }

  async newestSeq(): Promise<number> {
    const found = await this.#pool.query('select max(seq) as seq from journal where shard = $1', [
      this.shard,
    ]);
    return found.rows[0].seq ?? 0;
  }

  async replay(fromSeq: number, each: (row: Row<F>) => void): Promise<number> {
    const chain = await this.chainBefore(fromSeq);
    let page = this.page(fromSeq);
    for (;;) {
      const rows = await page;
      // The next page is fetched while this one is read.
      if (rows.length === pageRows) page = this.page((rows.at(-1) as StoredRow).seq + 1);
      try {
        for (const row of rows) each(chain.read(row));
      } catch (error) {
        await page.catch(() => undefined);
        throw error;
      }
      if (rows.length < pageRows) return chain.seq;
    }
  }

  async page(fromSeq: number): Promise<StoredRow[]> {
    const found = await this.#pool.query({
      name: 'rappel-journal-page',
      text: pageText,
      values: [this.shard, fromSeq],
    });
    return found.rows;
  }

  /** The chain as it stands before `fromSeq`: that row's predecessor must exist. */
  async chainBefore(fromSeq: number): Promise<ChainReader<F>> {
    assert(Number.isSafeInteger(fromSeq) && fromSeq >= 1, 'seqs begin at 1');
    if (fromSeq === 1) return new ChainReader(this.shard, 0, chainStart);
    const before = await this.#pool.query('select checksum from journal where shard = $1 and seq = $2', [
      this.shard,
      fromSeq - 1,
    ]);
    if (before.rows.length === 0) throw new ChainBroken(this.shard, fromSeq - 1, 'the row does not exist');
    return new ChainReader(this.shard, fromSeq - 1, before.rows[0].checksum);
  }

  tail(fromSeq: number, each: (row: Row<F>) => void): Tail {
    return new PostgresTail<F>(this, this.#connection, fromSeq, each);
  }

  async latestSnapshot(stateVersion: number): Promise<Snapshot | undefined> {
    // Only one that continues into this journal: after a restore a snapshot may be ahead of it.
    const found = await this.#pool.query(
      `select s.state_version, s.seq, s.hash, s.bytes from snapshot s
       join journal j on j.shard = s.shard and j.seq = s.seq and j.checksum = s.checksum
       where s.shard = $1 and s.state_version = $2 order by s.seq desc limit 1`,
      [this.shard, stateVersion],
    );
    const row = found.rows[0];
    if (row === undefined) return undefined;
    return { stateVersion: row.state_version, seq: row.seq, hash: row.hash, bytes: row.bytes };
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const bytes = Buffer.from(snapshot.bytes.buffer, snapshot.bytes.byteOffset, snapshot.bytes.byteLength);
    await this.#pool.query(
      `insert into snapshot (shard, state_version, seq, checksum, hash, bytes)
       select shard, $3, seq, checksum, $4, $5 from journal where shard = $1 and seq = $2
       on conflict (shard, state_version, seq) do update set hash = excluded.hash, bytes = excluded.bytes`,
      [this.shard, snapshot.seq, snapshot.stateVersion, snapshot.hash, bytes],
    );
    await this.#pool.query(
      `delete from snapshot where shard = $1 and state_version = $2 and seq not in (
         select seq from snapshot where shard = $1 and state_version = $2 order by seq desc limit ${snapshotsKept})`,
      [this.shard, snapshot.stateVersion],
    );
  }
}
