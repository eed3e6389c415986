// Reading a shard that lies in memory: replay, tail, snapshots. With encoding, every row goes through the chain.
// It must not know what a fact means, nor who leads.
import { assert } from '../../core/assert.ts';
import { ChainReader, chainStart, type StoredRow } from '../chain.ts';
import {
  ChainBroken,
  type Fact,
  type JournalReader,
  type Row,
  type Snapshot,
  type Tail,
} from '../journal.ts';
import type { MemoryShard } from './memory-store.ts';

export class MemoryReader<F extends Fact> implements JournalReader<F> {
  readonly shard: string;
  readonly #shard: MemoryShard;

  constructor(shard: MemoryShard) {
    this.shard = shard.name;
    this.#shard = shard;
  }

  protected committedSeq(): number {
    return this.#shard.encode ? (this.#shard.stored.at(-1)?.seq ?? 0) : this.#shard.rows.length;
  }

  async newestSeq(): Promise<number> {
    return this.committedSeq();
  }

  async replay(fromSeq: number, each: (row: Row<F>) => void): Promise<number> {
    const cursor = this.#cursor(fromSeq);
    cursor.drain(each);
    return cursor.seq();
  }

  tail(fromSeq: number, each: (row: Row<F>) => void): Tail {
    const { hearers } = this.#shard;
    const ended = Promise.withResolvers<void>();
    let drain = () => {};
    const end = (settle: () => void) => {
      hearers.delete(drain);
      settle();
    };
    let cursor: Cursor<F> | undefined;
    drain = () => {
      try {
        cursor ??= this.#cursor(fromSeq);
        cursor.drain(each);
      } catch (error) {
        end(() => ended.reject(error));
      }
    };
    hearers.add(drain);
    // As with the other store, nothing is given within the call itself.
    queueMicrotask(() => hearers.has(drain) && drain());
    ended.promise.catch(() => undefined);
    return { done: ended.promise, stop: async () => end(ended.resolve) };
  }

  async latestSnapshot(stateVersion: number): Promise<Snapshot | undefined> {
    return this.#shard.snapshots.findLast((snapshot) => snapshot.stateVersion === stateVersion);
  }

  #cursor(fromSeq: number): Cursor<F> {
    assert(Number.isSafeInteger(fromSeq) && fromSeq >= 1, 'seqs begin at 1');
    return this.#shard.encode ? this.#chained(fromSeq) : this.#plain(fromSeq);
  }

  #plain(fromSeq: number): Cursor<F> {
    const { rows, name } = this.#shard;
    if (fromSeq - 1 > rows.length) throw new ChainBroken(name, fromSeq - 1, 'the row does not exist');
    let index = fromSeq - 1;
    return {
      drain: (each) => {
        while (index < rows.length) each(rows[index++] as Row<F>);
      },
      seq: () => index,
    };
  }

  #chained(fromSeq: number): Cursor<F> {
    const { stored, name } = this.#shard;
    let index = stored.findIndex((row) => row.seq >= fromSeq);
    if (index === -1) index = stored.length;
    const before = index === 0 ? { seq: 0, checksum: chainStart } : (stored[index - 1] as StoredRow);
    if (before.seq !== fromSeq - 1) throw new ChainBroken(name, fromSeq - 1, 'the row does not exist');
    const chain = new ChainReader<F>(name, before.seq, before.checksum);
    return {
      drain: (each) => {
        while (index < stored.length) {
          const row = stored[index] as StoredRow;
          index += 1;
          each(chain.read(row));
        }
      },
      seq: () => chain.seq,
    };
  }
}

/** A place in the journal from which all that is there now can be read. */
type Cursor<F extends Fact> = {
  drain(each: (row: Row<F>) => void): void;
  seq(): number;
};
