// What is drawn of a report: which of its values, in which form. Whatever a picture shows stands in the table beside it,
// with its interval, n and formula. It must not know how anything is drawn.

import type { Estimate } from '../../../src/figures/figure.ts';
import type { Report } from '../../../src/records/report.ts';

export type Row = {
  readonly key: string;
  readonly of: string;
  readonly figure: string;
  readonly id: string;
  readonly formula: string;
  readonly isWhole: boolean;
} & Estimate;

export type BarsShape = {
  readonly kind: 'bars';
  readonly rows: readonly { readonly name: string; readonly value: number; readonly text: string }[];
};
/** Shares from 0 to 1, with their intervals where they have one. */
export type DotsShape = {
  readonly kind: 'dots';
  readonly rows: readonly {
    readonly name: string;
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly text: string;
  }[];
};
export type LinesShape = {
  readonly kind: 'lines';
  /** UTC s. */
  readonly times: readonly number[];
  /** Minutes; null: nobody. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly marks: readonly { readonly at: number; readonly name: string }[];
  readonly timeZone: string;
};
export type Shape = BarsShape | DotsShape | LinesShape;

export type FunnelStep = 'eligible' | 'offered' | 'accepted' | 'attempted' | 'completed';

/** From those who could be offered a callback to those who had their conversation, each a count of the table. */
export function funnelOf(
  total: readonly Estimate[],
  write: (step: FunnelStep, n: number, of: number) => [string, string],
) {
  const of = (figure: string) => total.find((one) => one.figure === figure);
  const steps: readonly (readonly [FunnelStep, number | null | undefined])[] = [
    ['eligible', of('offer_rate')?.n],
    ['offered', of('take_rate')?.n],
    ['accepted', of('callbacks_registered')?.value],
    ['attempted', of('incomplete_callbacks')?.n],
    ['completed', of('callbacks_connected')?.cases],
  ];
  const first = steps[0]?.[1] ?? 0;
  const rows = steps.map(([step, n]) => {
    const value = n ?? 0;
    const [name, text] = write(step, value, first);
    return { name, value, text };
  });
  return first === 0 ? undefined : ({ kind: 'bars', rows } satisfies BarsShape);
}

/** Shares alone: lengths of time have bars of their own. */
export function dotsOf(rows: readonly Row[], write: (row: Row) => string): DotsShape | undefined {
  const shares = rows.filter(({ unit, value }) => unit === 'share' && value !== null);
  const figures = new Set(shares.map(({ figure }) => figure));
  const isGrouped = new Set(shares.map(({ of }) => of)).size > 1;
  if (shares.length === 0) return undefined;
  return {
    kind: 'dots',
    rows: shares.map((row) => ({
      name: !isGrouped ? row.figure : figures.size === 1 ? row.of : `${row.figure}, ${row.of}`,
      ...{ value: row.value ?? 0, low: row.low, high: row.high, text: write(row) },
    })),
  };
}

/** Along time: one line for each figure, a gap where nobody was served. */
export function linesOf(report: Report, nameOf: (figure: string) => string): LinesShape | undefined {
  const rows = report.rows.filter(({ group }) => group.fromAt !== null);
  if (rows.length === 0) return undefined;
  const valueIn = (row: (typeof rows)[number], figure: string) => {
    const value = row.values.find((one) => one.figure === figure)?.value ?? null;
    return value === null ? null : value / 60_000;
  };
  return {
    kind: 'lines',
    times: rows.map(({ group }) => (group.fromAt ?? 0) / 1_000),
    series: report.figures.map(({ id }) => ({
      ...{ name: nameOf(id), values: rows.map((row) => valueIn(row, id)) },
    })),
    marks: report.marks.map(({ at, line, name }) => ({ at: at / 1_000, name: `${line}: ${name}` })),
    timeZone: report.timeZone,
  };
}
