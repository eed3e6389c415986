// The memory journal as a database that takes its time: an append is written after a while and its reply comes after
// another, so that turns gather behind it, and a process may die between the two. The connection may be lost with the
// commit (it is written again) or with the reply (it is looked for, and found), the disk may be full, the way there may
// be cut. What a dead process had under way may still be written, unless its successor has taken the lease first.

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

/** The way to the database, and what may happen on it. */
export interface DatabaseWay {
  /** How long a statement takes there, or its reply back, in whole ms. */
  statementMs(): number;
  /** What becomes of an append's connection. */
  loses(): 'nothing' | 'commit' | 'reply';
  /** How long it takes to connect again. */
  reconnectMs(): number;
  /** Told after each commit. */
  committed(lastSeq: number): void;
  /** Nothing can be written before; 0: it can. */
  readonly fullUntil: number;
}

type UnderWay<F extends Fact> = {
  readonly rows: readonly NewRow<F>[];
  readonly enclosed: readonly EnclosedRow[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

const TRY_AGAIN_MS = 1_000;

export class DelayedJournal<F extends Fact> implements Journal<F>, Wakeable {
  readonly #inner: Journal<F>;
  readonly #timeline: Timeline;
  readonly #way: DatabaseWay;
  #underWay: UnderWay<F> | null = null;
  #isDead = false;
  #willWrite = true;
  #stalledUntil = 0;
  #cutUntil = 0;
  #endAfter = 0;
  /** The process dies at its next append: just before the commit, or just after it. */
  doom: { readonly when: 'before_commit' | 'after_commit'; readonly strike: () => void } | null = null;

  constructor(inner: Journal<F>, timeline: Timeline, way: DatabaseWay) {
    this.#inner = inner;
    this.#timeline = timeline;
    this.#way = way;
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
    const now = this.#timeline.now();
    if (this.#inner.state === 'up' && (now < this.#cutUntil || now < this.#way.fullUntil)) return 'away';
    return this.#inner.state;
  }

  append(rows: readonly NewRow<F>[], enclosed: readonly EnclosedRow[] = []): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#underWay = { rows, enclosed, resolve, reject };
      this.#after(this.#way.statementMs(), 'write');
    });
  }

  wake(what: string): void {
    const underWay = this.#underWay;
    if (underWay === null) return;
    const now = this.#timeline.now();
    if (what === 'write') {
      if (this.#isDead && !this.#willWrite) return;
      if (now < this.#cutUntil) {
        if (!this.#isDead) this.#timeline.set(this.#cutUntil, this, 'write');
      } else if (now < this.#way.fullUntil) this.#after(TRY_AGAIN_MS, 'write');
      else this.#statement(underWay);
      return;
    }
    const heldUntil = Math.max(this.#stalledUntil, this.#cutUntil);
    if (now < heldUntil) {
      this.#timeline.set(heldUntil, this, 'reply');
      return;
    }
    this.#underWay = null;
    if (this.#isDead) return;
    // Looked for at the end of the journal: rows behind it are another leader's.
    if (this.#inner.lastSeq === this.#endAfter) underWay.resolve();
    else underWay.reject(new Fenced(this.shard, this.epoch));
  }

  /** The process does not run until then: it learns of replies late. */
  stall(untilAt: number): void {
    this.#stalledUntil = untilAt;
  }

  /** Neither statements nor replies pass until then. */
  cutOff(untilAt: number): void {
    this.#cutUntil = untilAt;
  }

  /** The process is gone. What it had asked for is still done, or is not. */
  kill(willWrite: boolean): void {
    this.#isDead = true;
    this.#willWrite = willWrite;
    this.doom = null;
  }

  #statement(underWay: UnderWay<F>): void {
    const { doom } = this;
    if (doom?.when === 'before_commit') {
      doom.strike();
      return;
    }
    const lost = this.#isDead ? 'nothing' : this.#way.loses();
    if (lost === 'commit') this.#after(this.#way.reconnectMs(), 'write');
    else void this.#write(underWay, lost === 'reply' ? this.#way.reconnectMs() : this.#way.statementMs());
  }

  async #write(underWay: UnderWay<F>, replyMs: number): Promise<void> {
    const { doom } = this;
    try {
      await this.#inner.append(underWay.rows, underWay.enclosed);
    } catch (error) {
      if (this.#isDead && error instanceof Fenced) return; // the successor was quicker
      underWay.reject(error);
      return;
    }
    this.#endAfter = this.#inner.lastSeq;
    this.#way.committed(this.#endAfter);
    if (doom !== null && !this.#isDead) doom.strike();
    this.#after(replyMs, 'reply');
  }

  #after(ms: number, what: string): void {
    this.#timeline.set(this.#timeline.now() + ms, this, what);
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
