// What a batch of facts adds to the records: the ledger's sink until it is written. Cells are added up here, so that a
// batch touches each once.

import { addCounts, type Column, type Counts } from '../figures/column.ts';
import { type Cell, cellKey, type RecordKind, type RecordRows, type Sink } from '../figures/ledger/sink.ts';

export class Batch implements Sink {
  readonly #shard: string;
  #cells = new Map<string, { readonly cell: Cell; readonly counts: Counts }>();
  /** The same counts by the cell as an object, which is found without making its key anew. */
  #seen = new Map<Cell, Counts>();
  #rows = new Map<RecordKind, object[]>();
  readonly #forgotten = new Set<string>();

  constructor(shard: string) {
    this.#shard = shard;
  }

  count(cell: Cell, column: Column, by: number): void {
    let counts = this.#seen.get(cell);
    if (counts === undefined) {
      counts = this.#countsOf(cell);
      this.#seen.set(cell, counts);
    }
    counts[column] = (counts[column] ?? 0) + by;
  }

  #countsOf(cell: Cell): Counts {
    const key = cellKey(cell);
    const known = this.#cells.get(key);
    if (known !== undefined) return known.counts;
    const counts: Counts = {};
    this.#cells.set(key, { cell, counts });
    return counts;
  }

  row<Kind extends RecordKind>(kind: Kind, row: RecordRows[Kind]): void {
    const rows = this.#rows.get(kind);
    const whole = { shard: this.#shard, ...row };
    if (rows === undefined) this.#rows.set(kind, [whole]);
    else rows.push(whole);
  }

  forget(person: string): void {
    this.#forgotten.add(person);
    for (const kind of ['call', 'callback'] as const)
      for (const row of (this.#rows.get(kind) ?? []) as { person: string }[])
        if (row.person === person) row.person = '';
  }

  /** Persons whom rows that are written already are to name no more. Empty again after. */
  takeForgotten(): readonly string[] {
    const persons = [...this.#forgotten];
    this.#forgotten.clear();
    return persons;
  }

  /** As rows of record_cell and of record_day: nought is left out. Empty again after. */
  takeCells(dayOf: (halfHour: number) => number): { readonly cells: object[]; readonly days: object[] } {
    const shard = this.#shard;
    const days = new Map<string, { readonly day: number; readonly cell: Cell; readonly counts: Counts }>();
    const cells = [...this.#cells.values()].map(({ cell, counts }) => {
      const { halfHour, line, language } = cell;
      const day = dayOf(halfHour);
      const key = `${day}/${line}/${language}`;
      const known = days.get(key);
      if (known === undefined) days.set(key, { day, cell, counts: { ...counts } });
      else addCounts(known.counts, counts);
      return { shard, half_hour: halfHour, line, language, ...withoutNought(counts) };
    });
    this.#cells = new Map();
    this.#seen = new Map();
    return {
      cells,
      days: [...days.values()].map(({ day, cell: { line, language }, counts }) => ({
        shard,
        day,
        line,
        language,
        ...withoutNought(counts),
      })),
    };
  }

  takeRows(): readonly (readonly [RecordKind, readonly object[]])[] {
    const rows = [...this.#rows];
    this.#rows = new Map();
    return rows;
  }
}

function withoutNought(counts: Counts): object {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}
