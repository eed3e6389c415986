// The memory journal as a database that takes its time: an append is written after a while and its reply comes after
// another, so that turns gather behind it, and a process may die between the two. What a dead process had under way may
// still be written, unless its successor has taken the lease first.

import type { EnclosedRow } from '../../database/enclosed-row.ts';
import {
  type Fact,
  Fenced,
  type Journal,
  type JournalState,
  type NewRow,
  type Row,
  type Snapshot,
  type Tail,
} from '../../journal/journal.ts';
import type { Timeline, Wakeable } from '../../telephony/simulated/timeline.ts';

type UnderWay<F extends Fact> = {
  readonly rows: readonly NewRow<F>[];
  readonly enclosed: readonly EnclosedRow[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

export class DelayedJournal<F extends Fact> implements Journal<F>, Wakeable {
  readonly #inner: Journal<F>;
  readonly #timeline: Timeline;
  readonly #latencyMs: () => number;
  #underWay: UnderWay<F> | null = null;
  #isDead = false;
  #willWrite = true;
  #stalledUntil = 0;

  constructor(inner: Journal<F>, timeline: Timeline, latencyMs: () => number) {
    this.#inner = inner;
    this.#timeline = timeline;
    this.#latencyMs = latencyMs;
  }

  get shard(): string {
    return this.#inner.shard;
  }

  get epoch(): number {
    return this.#inner.epoch;
  }

  get lastSeq(): number {
    return this.#inner.lastSeq;
  }

  get state(): JournalState {
    return this.#inner.state;
  }

  append(rows: readonly NewRow<F>[], enclosed: readonly EnclosedRow[] = []): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#underWay = { rows, enclosed, resolve, reject };
      this.#timeline.set(this.#timeline.now() + this.#latencyMs(), this, 'write');
    });
  }

  wake(what: string): void {
    const underWay = this.#underWay;
    if (underWay === null) return;
    if (what === 'write') {
      if (this.#isDead && !this.#willWrite) return;
      void this.#write(underWay);
      return;
    }
    if (this.#timeline.now() < this.#stalledUntil) {
      this.#timeline.set(this.#stalledUntil, this, 'reply');
      return;
    }
    this.#underWay = null;
    if (!this.#isDead) underWay.resolve();
  }

  /** The process does not run until then: it learns of replies late. */
  stall(untilAt: number): void {
    this.#stalledUntil = untilAt;
  }

  /** The process is gone. What it had asked for is still done, or is not. */
  kill(willWrite: boolean): void {
    this.#isDead = true;
    this.#willWrite = willWrite;
  }

  async #write(underWay: UnderWay<F>): Promise<void> {
    try {
      await this.#inner.append(underWay.rows, underWay.enclosed);
    } catch (error) {
      if (this.#isDead && error instanceof Fenced) return; // the successor was quicker
      underWay.reject(error);
      return;
    }
    this.#timeline.set(this.#timeline.now() + this.#latencyMs(), this, 'reply');
  }

  newestSeq(): Promise<number> {
    return this.#inner.newestSeq();
  }

  replay(fromSeq: number, each: (row: Row<F>) => void): Promise<number> {
    return this.#inner.replay(fromSeq, each);
  }

  tail(fromSeq: number, each: (row: Row<F>) => void): Tail {
    return this.#inner.tail(fromSeq, each);
  }

  latestSnapshot(stateVersion: number): Promise<Snapshot | undefined> {
    return this.#inner.latestSnapshot(stateVersion);
  }

  saveSnapshot(snapshot: Snapshot): Promise<void> {
    return this.#inner.saveSnapshot(snapshot);
  }

  onState(hear: (state: JournalState) => void): () => void {
    return this.#inner.onState(hear);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
