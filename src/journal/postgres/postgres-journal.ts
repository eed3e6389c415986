// The leader's journal in PostgreSQL. What it adds to the statement in append.ts is what to do when an answer does
// not come: the outcome is unknown, so it connects again and looks at the journal's end. Our rows there: committed.
// Not there: append again, the same bytes at the same seqs. Another epoch: fenced. Order is never lost, since there
// is one append at a time and its rows are kept until it is settled. It must not know what a fact means.
import type pg from 'pg';
import { assert } from '../../core/assert.ts';
import type { EnclosedRow } from '../../database/enclosed-row.ts';
import type { Fact, Journal, JournalState, NewRow, Row, Snapshot, Tail } from '../journal.ts';
import { append, readEnd } from './append.ts';
import { type Batch, BatchEncoder } from './batch.ts';
import { isBug } from './failure.ts';
import type { LeaderSession } from './leader-session.ts';
import type { PostgresReader } from './postgres-reader.ts';

export class PostgresJournal<F extends Fact> implements Journal<F> {
  readonly shard: string;
  readonly epoch: number;
  readonly #session: LeaderSession;
  readonly #reader: PostgresReader<F>;
  readonly #encoder = new BatchEncoder();
  #lastSeq: number;
  #checksum: number;
  /** The connection on which the journal's end is known. */
  #looked: pg.Client | undefined;
  #appending: Promise<void> | undefined;

  constructor(
    reader: PostgresReader<F>,
    session: LeaderSession,
    epoch: number,
    end: { readonly seq: number; readonly checksum: number; readonly seenBy: pg.Client },
  ) {
    this.shard = reader.shard;
    this.epoch = epoch;
    this.#reader = reader;
    this.#session = session;
    this.#lastSeq = end.seq;
    this.#checksum = end.checksum;
    this.#looked = end.seenBy;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  get state(): JournalState {
    return this.#session.state;
  }

  append(rows: readonly NewRow<F>[], enclosed: readonly EnclosedRow[] = []): Promise<void> {
    assert(this.#appending === undefined, 'one append at a time: the engine collects while one is under way');
    const batch = this.#encoder.encode(rows, {
      seq: this.#lastSeq,
      checksum: this.#checksum,
      epoch: this.epoch,
    });
    this.#appending = this.#session
      .undisturbed(() => this.#settle(batch, enclosed))
      .finally(() => {
        this.#appending = undefined;
      });
    return this.#appending;
  }

  /** Resolves when the batch is committed, however often that takes; rejects with Fenced, or at a bug. */
  async #settle(batch: Batch, enclosed: readonly EnclosedRow[]): Promise<void> {
    for (;;) {
      const client = await this.#session.client();
      try {
        const committed =
          (await this.#isThere(client, batch)) ||
          (await append(client, this.shard, this.epoch, batch, enclosed));
        if (!committed) throw this.#session.fence();
        break;
      } catch (error) {
        if (this.#session.state === 'fenced') throw this.#session.fenced();
        this.#session.lose(client);
        if (isBug(error)) throw error;
      }
    }
    this.#lastSeq = batch.lastSeq;
    this.#checksum = batch.lastChecksum;
  }

  /**
   * On a connection that is new since the last append: whether the journal ends with this batch already. It may also
   * end just before it, but nowhere else while the epoch is ours.
   */
  async #isThere(client: pg.Client, batch: Batch): Promise<boolean> {
    if (client === this.#looked) return false;
    const end = await readEnd(client, this.shard);
    this.#looked = client;
    if (end.seq === batch.lastSeq && end.epoch === this.epoch && end.checksum === batch.lastChecksum)
      return true;
    if (end.seq === this.#lastSeq && end.checksum === this.#checksum) return false;
    // Committed rows are gone (a server that was restored), or rows are there that we did not write.
    throw this.#session.fence();
  }

  onState(hear: (state: JournalState) => void): () => void {
    return this.#session.onState(hear);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    assert(snapshot.seq <= this.#lastSeq, 'a snapshot is of committed rows');
    await this.#reader.saveSnapshot(snapshot);
  }

  latestSnapshot(stateVersion: number): Promise<Snapshot | undefined> {
    return this.#reader.latestSnapshot(stateVersion);
  }

  newestSeq(): Promise<number> {
    return this.#reader.newestSeq();
  }

  replay(fromSeq: number, each: (row: Row<F>) => void): Promise<number> {
    return this.#reader.replay(fromSeq, each);
  }

  tail(fromSeq: number, each: (row: Row<F>) => void): Tail {
    return this.#reader.tail(fromSeq, each);
  }

  async close(): Promise<void> {
    // While the store is away there is no telling how long an append would take: it is given up, its outcome unknown.
    if (this.state === 'up') await this.#appending?.catch(() => undefined);
    await this.#session.close();
  }
}
