// The journal: facts on disk, in order, under a fencing epoch. "Write it down, then do it" rests on this port.
// Two implementations, postgres/ and memory/, pass one contract suite (contract.ts).
// One leader per shard appends; anyone may read. The journal does not know what a fact means.
import type { EnclosedRow } from '../database/enclosed-row.ts';

/** A small plain object: the type and version are all that every fact has. */
export type Fact = { readonly type: string; readonly v: number };

/** One line of the journal. `at` is UTC ms as the leader stamped it; `checksum` chains every row before it. */
export type Row<F extends Fact = Fact> = {
  readonly seq: number;
  readonly epoch: number;
  readonly at: number;
  readonly fact: F;
  readonly checksum: number;
};

export type NewRow<F extends Fact = Fact> = { readonly at: number; readonly fact: F };

/** A state folded up to `seq`. Derived: it may be thrown away, and belongs to one version of the state's shape. */
export type Snapshot = {
  readonly stateVersion: number;
  readonly seq: number;
  readonly hash: string;
  readonly bytes: Uint8Array;
};

/**
 * up: the last append or look reached the store.
 * away: the store cannot be reached, or leaves us without an answer; appends wait and are tried again, in order.
 * fenced: another leader took over, or this one was closed; nothing will ever be appended by it again.
 */
export type JournalState = 'up' | 'away' | 'fenced';

/** The lease is no longer ours. The one right answer is to discard the state and exit. */
export class Fenced extends Error {
  readonly code = 'journal.fenced';
  constructor(shard: string, epoch: number) {
    super(`Shard "${shard}" is led by another process since epoch ${epoch} ended; this one must stop.`);
    this.name = 'Fenced';
  }
}

/** A row is missing or was altered. Nothing after `seq` can be believed. */
export class ChainBroken extends Error {
  readonly code = 'journal.chain_broken';
  readonly seq: number;
  constructor(shard: string, seq: number, what: string) {
    super(`The journal of shard "${shard}" is broken at seq ${seq}: ${what}. Restore it from a copy.`);
    this.name = 'ChainBroken';
    this.seq = seq;
  }
}

/** Rows that arrive as they are committed. */
export type Tail = {
  /** Settles when the tail ends: resolved by stop(), rejected with ChainBroken, or with what `each` threw. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
};

/** What anyone may do with a shard. */
export interface JournalReader<F extends Fact = Fact> {
  readonly shard: string;
  /** The seq of the last committed row; 0 when there is none. */
  newestSeq(): Promise<number>;
  /**
   * Gives every committed row from `fromSeq` on, in order, then resolves with the last seq (or fromSeq - 1).
   * Rejects with ChainBroken at a gap or a wrong checksum, after the rows before it were given.
   */
  replay(fromSeq: number, each: (row: Row<F>) => void): Promise<number>;
  /** As replay, and then goes on with what is committed later. Survives a lost connection. */
  tail(fromSeq: number, each: (row: Row<F>) => void): Tail;
  /** The newest snapshot of this version of the state's shape. */
  latestSnapshot(stateVersion: number): Promise<Snapshot | undefined>;
}

/** What the one leader of a shard may do. */
export interface Journal<F extends Fact = Fact> extends JournalReader<F> {
  readonly epoch: number;
  /** The seq of the last row that this leader knows to be committed. */
  readonly lastSeq: number;
  readonly state: JournalState;
  /**
   * Appends in order, all or nothing, under the epoch; resolves after the commit. Seqs follow lastSeq.
   * One at a time: a second call before the first has settled is a bug, and so are limits exceeded.
   * Rejects with Fenced when the lease is no longer ours. While the store is away it neither resolves nor rejects.
   */
  append(rows: readonly NewRow<F>[], enclosed?: readonly EnclosedRow[]): Promise<void>;
  /** Keeps the newest few of each version. `snapshot.seq` must be committed. */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /** Hears each change of state, never the same one twice in a row. Gives the way to stop hearing. */
  onState(hear: (state: JournalState) => void): () => void;
  /** Gives the lease up so that a successor need not wait. Waits for an append that is under way. */
  close(): Promise<void>;
}

/** How to become the leader. */
export type LeadOptions = {
  /** Who asks, for people who look at the lease: host and process, never a person. */
  readonly holder: string;
  /** when_free: wait until no one leads. now: depose the leader (an operator's decision, and tests). */
  readonly takeover?: 'when_free' | 'now';
  /** Stops waiting; lead() then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

/** A place that keeps the journals of many shards. */
export interface JournalStore {
  lead<F extends Fact = Fact>(shard: string, options: LeadOptions): Promise<Journal<F>>;
  reader<F extends Fact = Fact>(shard: string): JournalReader<F>;
  close(): Promise<void>;
}

/** Limits of one append; the engine keeps its batches below them. */
export const appendRowsMax = 8_192;
export const appendBytesMax = 16 * 1024 * 1024;
export const factBytesMax = 1024 * 1024;
/** As many as facts: each fact may enclose one. */
export const enclosedRowsMax = appendRowsMax;
/** How many snapshots of one version are kept. */
export const snapshotsKept = 3;
/** Shards are named by people: short, lower case, the first part of every id. */
export const shardName = /^[a-z][a-z0-9-]{0,15}$/;
