// Targets: a figure that is to reach a value by the end of a month; how far it has come, and whether it will be reached if
// the trend of the last whole months goes on. The trend is a straight line by least squares with the interval of a single
// month's forecast (95 %, Student's t); where months are too few, the time ahead too long or the interval too wide,
// nothing is foretold, and that is said. Pure; it must not know where the months come from.

import { studentT } from './bounds.ts';
import type { Counts } from './column.ts';
import { type Estimate, estimate, type Figure, unitOfFigure } from './figure.ts';
import { figureCalled } from './registry.ts';

export type Target = {
  readonly figure: string;
  /** A share from 0 to 1, ms, or cases. */
  readonly goal: number;
  /** The month at whose end it is due, `2021-03`. */
  readonly by: string;
};

export type Month = {
  /** `2019-04`. */
  readonly month: string;
  /** Wholly within what is looked at, and over. */
  readonly isWhole: boolean;
  readonly counts: Readonly<Counts>;
};

export const MONTHS_MIN = 4;
/** Older months say little of where it goes. */
export const MONTHS_MAX = 12;

export type Outlook =
  /** The forecast of the due month lies wholly on the right side of the goal, or wholly on the wrong one. */
  | {
      readonly kind: 'on_course' | 'off_course';
      readonly low: number;
      readonly high: number;
      readonly months: number;
    }
  | { readonly kind: 'undecided'; readonly low: number; readonly high: number; readonly months: number }
  | { readonly kind: 'too_few_months'; readonly months: number }
  /** Further ahead than the months that are known reach back. */
  | { readonly kind: 'too_far'; readonly months: number }
  /** The month of the target is over. */
  | { readonly kind: 'due' };

export type Progress = {
  readonly target: Target;
  readonly better: 'more' | 'less';
  /** The last whole month, at most the one of the target; null: none. */
  readonly month: string | null;
  readonly measured: Estimate | null;
  /** Of that month, by its interval. */
  readonly stand: 'reached' | 'not_reached' | 'cannot_be_said';
  readonly outlook: Outlook;
};

export function progressOf(target: Target, months: readonly Month[]): Progress {
  const figure = figureCalled(target.figure) as Figure;
  const better = figure.better ?? 'more';
  const known = months
    .filter(({ isWhole, month }) => isWhole && month <= target.by)
    .map(({ month, counts }) => ({ month, of: estimate(figure, counts) }))
    .filter(({ of }) => of.value !== null);
  const last = known.at(-1);
  return {
    target,
    better,
    month: last?.month ?? null,
    measured: last?.of ?? null,
    stand: last === undefined ? 'cannot_be_said' : standOf(last.of, target.goal, better),
    outlook: outlookOf(target, figure, better, known.slice(-MONTHS_MAX)),
  };
}

/** Counted, not sampled: the number itself. Else the whole interval must be on one side. */
function standOf(
  { value, low, high, method }: Estimate,
  goal: number,
  better: 'more' | 'less',
): Progress['stand'] {
  const [least, most] = method === 'none' ? [value, value] : [low, high];
  if (least === null || most === null) return 'cannot_be_said';
  if (better === 'more' ? least >= goal : most <= goal) return 'reached';
  return (better === 'more' ? most < goal : least > goal) ? 'not_reached' : 'cannot_be_said';
}

type Point = { readonly month: string; readonly of: Estimate };

function outlookOf(
  target: Target,
  figure: Figure,
  better: 'more' | 'less',
  known: readonly Point[],
): Outlook {
  const first = known[0];
  const last = known.at(-1);
  const months = known.length;
  if (first === undefined || last === undefined) return { kind: 'too_few_months', months };
  if (last.month === target.by) return { kind: 'due' };
  if (months < MONTHS_MIN) return { kind: 'too_few_months', months };
  const x = known.map(({ month }) => numberOf(month) - numberOf(first.month));
  const due = numberOf(target.by) - numberOf(first.month);
  const reach = x.at(-1) as number;
  if (due - reach > reach + 1) return { kind: 'too_far', months };
  const { low, high } = forecast(
    x,
    known.map(({ of }) => of.value as number),
    due,
  );
  const clip = (value: number): number => {
    const most = unitOfFigure(figure) === 'share' ? 1 : Number.POSITIVE_INFINITY;
    return Math.min(most, Math.max(0, value));
  };
  const kind = (better === 'more' ? low >= target.goal : high <= target.goal)
    ? 'on_course'
    : (better === 'more' ? high < target.goal : low > target.goal)
      ? 'off_course'
      : 'undecided';
  return { kind, low: clip(low), high: clip(high), months };
}

/** Months counted from the year 0. */
function numberOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/** Least squares, and the interval of one more month at `due` (Draper and Smith, Applied Regression Analysis, 1.4). */
function forecast(x: readonly number[], y: readonly number[], due: number): { low: number; high: number } {
  const n = x.length;
  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / n;
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, one) => sum + (one - meanX) ** 2, 0);
  const slope = x.reduce((sum, one, i) => sum + (one - meanX) * ((y[i] as number) - meanY), 0) / spread;
  const at = (when: number): number => meanY + slope * (when - meanX);
  const rest = x.reduce((sum, one, i) => sum + ((y[i] as number) - at(one)) ** 2, 0);
  const deviation = Math.sqrt(rest / (n - 2));
  const half = studentT(n - 2) * deviation * Math.sqrt(1 + 1 / n + (due - meanX) ** 2 / spread);
  return { low: at(due) - half, high: at(due) + half };
}
