// What a report is: figures of a stretch of time, by groups, each with its n and interval, beside the equations that show
// that nothing was lost. API, command line, CSV and note give this same object another dress.

import type { Balance } from '../figures/conservation.ts';
import type { Fairness } from '../figures/fairness.ts';
import type { Estimate, Figure, Method, Unit, Words } from '../figures/figure.ts';
import type { Progress } from '../figures/target.ts';

export const GROUPINGS = ['half-hour', 'day', 'month', 'line', 'language', 'phase'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type ReportRequest = {
  readonly figures: readonly Figure[];
  /** UTC ms, half-open; cells whose half-hour begins within. */
  readonly fromAt: number;
  readonly toAt: number;
  readonly by: readonly Grouping[];
  readonly timeZone: string;
};

/** Refusals are values; the code stands in docs/errors.md. */
export type ReportRefusal = { readonly code: string; readonly message: string };

export function isReportRefusal(report: Report | ReportRequest | ReportRefusal): report is ReportRefusal {
  return 'code' in report;
}

export type FigureHead = {
  readonly id: string;
  readonly name: Words;
  readonly formula: Words;
  readonly caveat: Words | null;
  readonly unit: Unit;
  readonly method: Method;
};

/** What a row is about; null: it is not grouped by that. */
export type Group = {
  readonly fromAt: number | null;
  readonly toAt: number | null;
  /** Local time of `fromAt`: a date, a month or a half-hour. */
  readonly from: string | null;
  readonly line: string | null;
  readonly language: string | null;
  /** `before`, `phase 1`, `pause 1`, ... of the row's line; more than one where it changed within the row. */
  readonly phase: string | null;
};

/** For time lines: from here on, callback on this line was as `name` says. */
export type Mark = {
  readonly at: number;
  /** Local time, to the minute. */
  readonly from: string;
  readonly line: string;
  readonly name: string;
};

export type ReportRow = { readonly group: Group; readonly values: readonly Estimate[] };

export type Report = {
  readonly fromAt: number;
  readonly toAt: number;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly by: readonly Grouping[];
  readonly figures: readonly FigureHead[];
  readonly rows: readonly ReportRow[];
  /** English less French of each group, where grouped by language; figures that have no difference are left out. */
  readonly gaps: readonly ReportRow[];
  /** By phase: each phase or pause of a line less the stretch before it, such as `phase 1 - before`. */
  readonly changes: readonly ReportRow[];
  /** Where a phase, a pause or a resumption begins within a report along time. */
  readonly marks: readonly Mark[];
  /** Of the figures that are asked for: how far they have come, and what may be foretold. */
  readonly targets: readonly Progress[];
  /** How the delays of callbacks were spread; of the whole period only, when `called_in_turn` is asked for. */
  readonly fairness: Fairness;
  readonly total: readonly Estimate[];
  readonly balances: readonly Balance[];
  /** Facts up to this one are in it, and when it was written. */
  readonly position: { readonly seq: number; readonly at: number };
};

export function headOf(figure: Figure, unit: Unit, method: Method): FigureHead {
  const { id, name, formula, caveat = null } = figure;
  return { id, name, formula, caveat, unit, method };
}
