// A journal that commits at once and keeps nothing but the count: for benches that run through millions of facts and ask
// whether memory stays what it was. Facts are put into words first, as the real one does. It must not know what they mean.

import { assert } from '../../core/assert.ts';
import type { Fact } from '../../core/fact.ts';
import type { EnclosedRow } from '../../database/enclosed-row.ts';
import type { Journal, JournalState, NewRow, Tail } from '../../journal/journal.ts';

export class ForgetfulJournal implements Journal<Fact> {
  readonly shard = 'c1';
  readonly epoch = 1;
  readonly state: JournalState = 'up';
  readonly #keep: (row: EnclosedRow) => void;
  bytes = 0;
  #lastSeq = 0;

  /** Enclosed rows are given away: numbers are wanted back at the fence. */
  constructor(keep: (row: EnclosedRow) => void) {
    this.#keep = keep;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  async append(rows: readonly NewRow<Fact>[], enclosed: readonly EnclosedRow[] = []): Promise<void> {
    for (const { fact } of rows) this.bytes += JSON.stringify(fact).length;
    await undefined;
    for (const row of enclosed) this.#keep(row);
    this.#lastSeq += rows.length;
  }

  async newestSeq(): Promise<number> {
    return this.#lastSeq;
  }

  async replay(): Promise<number> {
    assert(this.#lastSeq === 0, 'nothing that was forgotten is asked for');
    return 0;
  }

  tail(): Tail {
    return { done: Promise.resolve(), stop: async () => {} };
  }

  async latestSnapshot(): Promise<undefined> {
    return undefined;
  }

  async saveSnapshot(): Promise<void> {}

  onState(): () => void {
    return () => {};
  }

  async close(): Promise<void> {}
}
