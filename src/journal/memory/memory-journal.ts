// The leader's journal in memory. It settles an append one microtask later, never in the call itself, so that code
// which runs on it cannot come to rely on an immediate commit. It must not know what a fact means.
import { assert } from '../../core/assert.ts';
import { assertEnclosedRow, type EnclosedRow, putInMemory } from '../../database/enclosed-row.ts';
import { nextChecksum } from '../chain.ts';
import {
  appendBytesMax,
  appendRowsMax,
  enclosedRowsMax,
  type Fact,
  Fenced,
  factBytesMax,
  type Journal,
  type JournalState,
  type NewRow,
  type Snapshot,
  snapshotsKept,
} from '../journal.ts';
import { MemoryReader } from './memory-reader.ts';
import type { MemoryShard } from './memory-store.ts';

export class MemoryJournal<F extends Fact> extends MemoryReader<F> implements Journal<F> {
  readonly epoch: number;
  readonly #shard: MemoryShard;
  readonly #hearers = new Set<(state: JournalState) => void>();
  #state: JournalState = 'up';
  #appending = false;

  constructor(shard: MemoryShard) {
    super(shard);
    this.#shard = shard;
    this.epoch = shard.epoch;
  }

  get lastSeq(): number {
    return this.committedSeq();
  }

  get state(): JournalState {
    return this.#state;
  }

  async append(rows: readonly NewRow<F>[], enclosed: readonly EnclosedRow[] = []): Promise<void> {
    assert(!this.#appending, 'one append at a time: the engine collects while one is under way');
    assert(
      rows.length > 0 && rows.length <= appendRowsMax,
      `an append has 1 to ${appendRowsMax} rows, not ${rows.length}`,
    );
    assert(enclosed.length <= enclosedRowsMax, `an append encloses at most ${enclosedRowsMax} rows`);
    for (const row of enclosed) assertEnclosedRow(row);
    const write = this.#shard.encode ? this.#encode(rows) : () => this.#keep(rows);
    this.#appending = true;
    await undefined;
    this.#appending = false;
    if (this.#state === 'fenced') throw new Fenced(this.#shard.name, this.epoch);
    write();
    for (const row of enclosed) putInMemory(this.#shard.tables, row);
    for (const hear of this.#shard.hearers) hear();
  }

  #keep(rows: readonly NewRow<F>[]): void {
    const kept = this.#shard.rows;
    for (const { at, fact } of rows) {
      kept.push({ seq: kept.length + 1, epoch: this.epoch, at, fact, checksum: 0 });
    }
  }

  #encode(rows: readonly NewRow<F>[]): () => void {
    const stored = this.#shard.stored;
    let { checksum } = this.#shard;
    let bytesInAll = 0;
    const fresh = rows.map(({ at, fact }, index) => {
      const bytes = Buffer.from(JSON.stringify(fact));
      assert(bytes.length <= factBytesMax, `the fact ${fact.type} is longer than ${factBytesMax} bytes`);
      bytesInAll += bytes.length;
      const seq = stored.length + 1 + index;
      checksum = nextChecksum(checksum, seq, this.epoch, at, bytes);
      return { seq, epoch: this.epoch, at, bytes, checksum };
    });
    assert(bytesInAll <= appendBytesMax, `an append is longer than ${appendBytesMax} bytes`);
    return () => {
      stored.push(...fresh);
      this.#shard.checksum = checksum;
    };
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    assert(snapshot.seq >= 1 && snapshot.seq <= this.lastSeq, 'a snapshot is of committed rows');
    const { snapshots } = this.#shard;
    const others = snapshots.filter((one) => one.stateVersion !== snapshot.stateVersion);
    const same = snapshots.filter(
      (one) => one.stateVersion === snapshot.stateVersion && one.seq !== snapshot.seq,
    );
    same.push({ ...snapshot, bytes: Uint8Array.from(snapshot.bytes) });
    same.sort((one, other) => one.seq - other.seq);
    snapshots.splice(0, snapshots.length, ...others, ...same.slice(-snapshotsKept));
  }

  onState(hear: (state: JournalState) => void): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  /** Another leads from now on: an append that is under way, and every later one, is refused. */
  depose(): void {
    if (this.#state === 'fenced') return;
    this.#state = 'fenced';
    if (this.#shard.leader === (this as unknown)) this.#shard.leader = undefined;
    for (const hear of this.#hearers) hear('fenced');
    this.#shard.waiting.shift()?.();
  }

  async close(): Promise<void> {
    while (this.#appending) await undefined;
    this.depose();
  }
}
