// The journal in memory, for virtual time and tests of other rooms: the same promises under the same contract suite,
// except that nothing survives the process. Facts are kept as they are given (they never change), so nothing is
// encoded unless `encode` is asked for, which also makes the chain real. It knows no clock: a leader leads until it
// is closed or deposed.
import { assert } from '../../core/assert.ts';
import type { MemoryTables } from '../../database/enclosed-row.ts';
import { chainStart, type StoredRow } from '../chain.ts';
import {
  type Fact,
  type Journal,
  type JournalReader,
  type JournalStore,
  type LeadOptions,
  type Row,
  type Snapshot,
  shardName,
} from '../journal.ts';
import { MemoryJournal } from './memory-journal.ts';
import { MemoryReader } from './memory-reader.ts';

/** One shard as it lies in memory. `stored` is filled when encoding is asked for, `rows` otherwise. */
export type MemoryShard = {
  readonly name: string;
  readonly encode: boolean;
  readonly tables: MemoryTables;
  readonly rows: Row[];
  readonly stored: StoredRow[];
  readonly snapshots: Snapshot[];
  /** Called after each commit: tails wake up. */
  readonly hearers: Set<() => void>;
  epoch: number;
  leader: MemoryJournal<Fact> | undefined;
  checksum: number;
  /** Those who wait to lead, first come first served. */
  readonly waiting: (() => void)[];
};

export class MemoryStore implements JournalStore {
  /** What enclosed rows were written: the vault's memory store reads here. */
  readonly tables: MemoryTables = new Map();
  readonly #encode: boolean;
  readonly #shards = new Map<string, MemoryShard>();

  constructor(options: { readonly encode?: boolean } = {}) {
    this.#encode = options.encode ?? false;
  }

  /** The shard itself: for fault injection in tests and in the twin. */
  shard(name: string): MemoryShard {
    assert(shardName.test(name), 'a shard is named by 1 to 16 of a-z, 0-9 and "-", a letter first');
    const known = this.#shards.get(name);
    if (known !== undefined) return known;
    const shard: MemoryShard = {
      name,
      encode: this.#encode,
      tables: this.tables,
      rows: [],
      stored: [],
      snapshots: [],
      hearers: new Set(),
      epoch: 0,
      leader: undefined,
      checksum: chainStart,
      waiting: [],
    };
    this.#shards.set(name, shard);
    return shard;
  }

  async lead<F extends Fact = Fact>(name: string, options: LeadOptions): Promise<Journal<F>> {
    const shard = this.shard(name);
    options.signal?.throwIfAborted();
    if (options.takeover === 'now') shard.leader?.depose();
    while (shard.leader !== undefined) await untilFree(shard, options.signal);
    shard.epoch += 1;
    const journal = new MemoryJournal<F>(shard);
    shard.leader = journal as unknown as MemoryJournal<Fact>;
    return journal;
  }

  reader<F extends Fact = Fact>(name: string): JournalReader<F> {
    return new MemoryReader<F>(this.shard(name));
  }

  async close(): Promise<void> {
    for (const shard of this.#shards.values()) shard.leader?.depose();
  }
}

function untilFree(shard: MemoryShard, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const free = () => {
      signal?.removeEventListener('abort', give);
      resolve();
    };
    const give = () => {
      shard.waiting.splice(shard.waiting.indexOf(free), 1);
      reject(signal?.reason);
    };
    shard.waiting.push(free);
    signal?.addEventListener('abort', give, { once: true });
  });
}
