// The live numbers: the same ledger that makes the records, folded over committed facts in memory, so that the wall and a
// report of today can never disagree. Cells older than a day and a half are let go; reports have them. It counts nothing
// itself and must not know what a figure is made of.

import { addCounts, type Column, type Counts } from '../figures/column.ts';
import { Ledger } from '../figures/ledger/ledger.ts';
import { type Cell, cellKey, HALF_HOUR_MS, halfHourOf, type Sink } from '../figures/ledger/sink.ts';
import type { Committed } from './engine.ts';

/** A local day, whatever its length, and the evening before it. */
const KEPT_MS = 36 * 3_600_000;

export type KeptCounters = {
  readonly seq: number;
  readonly oldest: number;
  /** Counting has stopped at a bug: what is here is of before it. */
  readonly isStopped?: boolean;
  readonly cells: readonly { readonly cell: Cell; readonly counts: Counts }[];
  readonly things: ReturnType<Ledger['kept']>;
};

export type LiveCell = { readonly cell: Cell; readonly counts: Readonly<Counts> };

export class LiveCounters implements Sink {
  readonly #ledger = new Ledger(this, false);
  readonly #cells = new Map<string, { readonly cell: Cell; readonly counts: Counts }>();
  readonly #keptMs: number;
  readonly #onBug: ((error: Error) => void) | null;
  #isStopped = false;
  #seq = 0;
  #oldest = 0;

  /** `onBug`: told once, and counting stops, because no call may suffer from a figure. Left out: thrown. */
  constructor(keptMs = KEPT_MS, onBug: ((error: Error) => void) | null = null) {
    this.#keptMs = keptMs;
    this.#onBug = onBug;
  }

  /** False: a bug was found, and the numbers are of before it. Records and reports go their own way. */
  get isCounting(): boolean {
    return !this.#isStopped;
  }

  /** Facts up to this one are counted. */
  get seq(): number {
    return this.#seq;
  }

  hear({ seq, at, fact }: Committed): void {
    if (this.#isStopped) return;
    this.#seq = seq;
    this.#letGo(at);
    try {
      this.#ledger.fact(fact, at);
    } catch (error) {
      if (this.#onBug === null) throw error;
      this.#isStopped = true;
      this.#onBug(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** All that is remembered, as plain data, to go on from after a restart. */
  keep(): KeptCounters {
    return {
      seq: this.#seq,
      oldest: this.#oldest,
      isStopped: this.#isStopped,
      cells: [...this.#cells.values()],
      things: this.#ledger.kept(),
    };
  }

  /** Goes on from what `keep` gave; nothing was heard before. */
  goOn(kept: KeptCounters): void {
    this.#seq = kept.seq;
    this.#oldest = kept.oldest;
    this.#isStopped = kept.isStopped === true;
    for (const { cell, counts } of kept.cells) this.#cells.set(cellKey(cell), { cell, counts });
    this.#ledger.restore(kept.things);
  }

  /** Cells whose half-hour begins within, in the order in which they came to be. */
  cells(fromAt: number, toAt: number): LiveCell[] {
    return [...this.#cells.values()].filter(({ cell }) => cell.halfHour >= fromAt && cell.halfHour < toAt);
  }

  /** All of them added up; of one line, or of the whole centre. */
  counts(fromAt: number, toAt: number, line: string | null = null): Counts {
    const total: Counts = {};
    for (const { cell, counts } of this.cells(fromAt, toAt))
      if (line === null || cell.line === line) addCounts(total, counts);
    return total;
  }

  count(cell: Cell, column: Column, by: number): void {
    // What becomes of a call from before the cells that are kept is the records' business.
    if (cell.halfHour < this.#oldest) return;
    const key = cellKey(cell);
    let known = this.#cells.get(key);
    if (known === undefined) {
      known = { cell, counts: {} };
      this.#cells.set(key, known);
    }
    known.counts[column] = (known.counts[column] ?? 0) + by;
  }

  row(): void {}

  forget(): void {}

  #letGo(at: number): void {
    const oldest = halfHourOf(at - this.#keptMs);
    if (oldest < this.#oldest + HALF_HOUR_MS) return;
    this.#oldest = oldest;
    for (const [key, { cell }] of this.#cells) if (cell.halfHour < oldest) this.#cells.delete(key);
  }
}
