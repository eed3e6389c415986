// What a batch of facts adds to the records: the ledger's sink until it is written. Cells are added up here, so that a
// batch touches each once.

import type { Column, Counts } from '../figures/column.ts';
import { type Cell, cellKey, type RecordKind, type RecordRows, type Sink } from '../figures/ledger/sink.ts';

export class Batch implements Sink {
  readonly #shard: string;
  #cells = new Map<string, { readonly cell: Cell; readonly counts: Counts }>();
  #rows = new Map<RecordKind, object[]>();

  constructor(shard: string) {
    this.#shard = shard;
  }

  count(cell: Cell, column: Column, by: number): void {
    const key = cellKey(cell);
    let known = this.#cells.get(key);
    if (known === undefined) {
      known = { cell, counts: {} };
      this.#cells.set(key, known);
    }
    known.counts[column] = (known.counts[column] ?? 0) + by;
  }

  row<Kind extends RecordKind>(kind: Kind, row: RecordRows[Kind]): void {
    const rows = this.#rows.get(kind);
    const whole = { shard: this.#shard, ...row };
    if (rows === undefined) this.#rows.set(kind, [whole]);
    else rows.push(whole);
  }

  /** As rows of record_cell: nought is left out. Empty again after. */
  takeCells(): object[] {
    const cells = [...this.#cells.values()].map(({ cell, counts }) => ({
      shard: this.#shard,
      half_hour: cell.halfHour,
      line: cell.line,
      language: cell.language,
      ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
    }));
    this.#cells = new Map();
    return cells;
  }

  takeRows(): readonly (readonly [RecordKind, readonly object[]])[] {
    const rows = [...this.#rows];
    this.#rows = new Map();
    return rows;
  }
}
