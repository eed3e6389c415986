// What the people of a simulation lived, counted by themselves: what they heard, pressed, waited and were called for. It
// knows no fact and no ledger, so that the records, which are made of facts alone, can be held against it. Cells and the
// names of columns are those of the records; what nobody lives (an expiry overnight) is in no column here.

import type { Column, Counts } from '../../figures/column.ts';
import { cellKey, halfHourOf } from '../../figures/ledger/sink.ts';

export type LivedColumn = Extract<
  Column,
  | 'asked'
  | 'refused_full'
  | 'refused_closed'
  | 'abandoned'
  | 'abandoned_short'
  | 'answered_live'
  | 'offered'
  | 'registered'
  | 'connected'
  | 'incomplete_no_answer'
  | 'attempts_permitted'
  | 'failed_no_answer'
  | 'live_hold_ms'
  | 'abandoned_hold_ms'
  | 'served_wait_ms'
  | 'served_within_20s'
  | 'served_within_5m'
  | 'served_within_15m'
  | 'served_within_30m'
>;

export const LIVED_COLUMNS = [
  'asked',
  'refused_full',
  'refused_closed',
  'abandoned',
  'abandoned_short',
  'answered_live',
  'offered',
  'registered',
  'connected',
  'incomplete_no_answer',
  'attempts_permitted',
  'failed_no_answer',
  'live_hold_ms',
  'abandoned_hold_ms',
  'served_wait_ms',
  'served_within_20s',
  'served_within_5m',
  'served_within_15m',
  'served_within_30m',
] as const satisfies readonly LivedColumn[];

/** Where and when somebody asked for an agent: UTC ms, line, language. */
export type Asking = { readonly at: number; readonly line: string; readonly language: string };

const SHORT_MS = 10_000;
const MINUTE = 60_000;
const WITHIN = [
  ['served_within_20s', 20_000],
  ['served_within_5m', 5 * MINUTE],
  ['served_within_15m', 15 * MINUTE],
  ['served_within_30m', 30 * MINUTE],
] as const;

export class Lived {
  readonly cells = new Map<string, Counts>();
  readonly lines = new Map<string, Counts>();

  count(of: Asking, column: LivedColumn, by = 1): void {
    add(this.cells, cellKey({ ...of, halfHour: halfHourOf(of.at) }), column, by);
    add(this.lines, of.line, column, by);
  }

  gaveUp(of: Asking, at: number): void {
    const holdMs = at - of.at;
    this.count(of, 'abandoned_hold_ms', holdMs);
    this.count(of, holdMs <= SHORT_MS ? 'abandoned_short' : 'abandoned');
  }

  answered(of: Asking, at: number): void {
    this.count(of, 'answered_live');
    this.count(of, 'live_hold_ms', at - of.at);
    this.#served(of, at);
  }

  /** A conversation by callback that began at `at` is over. */
  calledBack(of: Asking, at: number): void {
    this.count(of, 'connected');
    this.#served(of, at);
  }

  total(): Counts {
    const total: Counts = {};
    for (const counts of this.lines.values())
      for (const column of LIVED_COLUMNS) total[column] = (total[column] ?? 0) + (counts[column] ?? 0);
    return total;
  }

  #served(of: Asking, at: number): void {
    const waitMs = at - of.at;
    this.count(of, 'served_wait_ms', waitMs);
    for (const [column, withinMs] of WITHIN) if (waitMs <= withinMs) this.count(of, column);
  }
}

function add(cells: Map<string, Counts>, key: string, column: LivedColumn, by: number): void {
  let counts = cells.get(key);
  if (counts === undefined) {
    counts = {};
    cells.set(key, counts);
  }
  counts[column] = (counts[column] ?? 0) + by;
}
