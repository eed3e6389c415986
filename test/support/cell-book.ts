// Cells kept in memory, with the rows beside them: a sink for tests of the ledger. It adds up and forgets nothing.

import { addCounts, type Column, type Counts } from '../../src/figures/column.ts';
import {
  type Cell,
  cellKey,
  type RecordKind,
  type RecordRows,
  type Sink,
} from '../../src/figures/ledger/sink.ts';

export class CellBook implements Sink {
  readonly cells = new Map<string, { readonly cell: Cell; readonly counts: Counts }>();
  readonly rows: { readonly kind: RecordKind; readonly row: RecordRows[RecordKind] }[] = [];

  count(cell: Cell, column: Column, by: number): void {
    const key = cellKey(cell);
    let known = this.cells.get(key);
    if (known === undefined) {
      known = { cell, counts: {} };
      this.cells.set(key, known);
    }
    known.counts[column] = (known.counts[column] ?? 0) + by;
  }

  row<Kind extends RecordKind>(kind: Kind, row: RecordRows[Kind]): void {
    this.rows.push({ kind, row });
  }

  forget(person: string): void {
    for (const { row } of this.rows as { row: { person?: string } }[])
      if (row.person === person) row.person = '';
  }

  all<Kind extends RecordKind>(kind: Kind): RecordRows[Kind][] {
    return this.rows.filter((one) => one.kind === kind).map(({ row }) => row as RecordRows[Kind]);
  }

  total(): Counts {
    const total: Counts = {};
    for (const { counts } of this.cells.values()) addCounts(total, counts);
    return total;
  }
}
