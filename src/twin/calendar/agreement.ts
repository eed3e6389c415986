// The records, made of facts, held against what people lived: every column of every cell, exactly. What differs is told
// cell by cell; nothing is rounded and nothing excused.

import type { Counts } from '../../figures/column.ts';
import { type Cell, cellKey } from '../../figures/ledger/sink.ts';
import { LIVED_COLUMNS, type Lived } from './lived.ts';

export type Difference = {
  /** Half-hour (UTC ms), line, language. */
  readonly cell: string;
  readonly column: string;
  readonly lived: number;
  readonly recorded: number;
};

export function differences(
  lived: Lived,
  recorded: readonly (Cell & { readonly counts: Counts })[],
): Difference[] {
  const rest = new Map(lived.cells);
  const found: Difference[] = [];
  const compare = (cell: string, own: Counts, theirs: Counts): void => {
    for (const column of LIVED_COLUMNS) {
      const [one, other] = [own[column] ?? 0, theirs[column] ?? 0];
      if (one !== other) found.push({ cell, column, lived: one, recorded: other });
    }
  };
  for (const one of recorded) {
    const key = cellKey(one);
    compare(key, rest.get(key) ?? {}, one.counts);
    rest.delete(key);
  }
  for (const [key, counts] of rest) compare(key, counts, {});
  return found;
}
