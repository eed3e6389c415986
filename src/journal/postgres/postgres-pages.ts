// A shard page by page, for whoever reads at their own pace and writes in between: the records. Rows go through the
// chain; asked out of order, it is picked up anew at the row before. It must not know what a fact means.

import type pg from 'pg';
import type { Connection } from '../../database/pool.ts';
import type { ChainReader } from '../chain.ts';
import type { Fact, Row } from '../journal.ts';
import { PostgresReader } from './postgres-reader.ts';

export class PostgresPages<F extends Fact> {
  readonly shard: string;
  readonly #pool: pg.Pool;
  readonly #reader: PostgresReader<F>;
  #chain: ChainReader<F> | null = null;

  constructor(shard: string, pool: pg.Pool, connection: Connection) {
    this.shard = shard;
    this.#pool = pool;
    this.#reader = new PostgresReader<F>(shard, pool, connection);
  }

  async page(fromSeq: number): Promise<readonly Row<F>[]> {
    if (this.#chain?.seq !== fromSeq - 1) this.#chain = await this.#reader.chainBefore(fromSeq);
    const chain = this.#chain;
    const rows = await this.#reader.page(fromSeq);
    return rows.map((row) => chain.read(row));
  }

  /** The first row at that time or later, by halving: rows are stamped in order. One past the last where there is none. */
  async firstSeqAt(at: number): Promise<number> {
    let low = 1;
    let high = (await this.#reader.newestSeq()) + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const found = await this.#pool.query<{ at: number }>(
        'select at from journal where shard = $1 and seq = $2',
        [this.shard, middle],
      );
      if ((found.rows[0]?.at ?? at) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async checksumOf(seq: number): Promise<number | undefined> {
    const found = await this.#pool.query<{ checksum: number }>(
      'select checksum from journal where shard = $1 and seq = $2',
      [this.shard, seq],
    );
    return found.rows[0]?.checksum;
  }
}
