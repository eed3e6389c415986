// From counts to what a sentence cites, and what a difference lets it claim. A difference is claimed only where its whole
// interval lies on one side of nought, also as it is written: what reads as 0.0 points is none. It must not know any
// sentence.

import { type Column, type Counts, wordsOf } from '../column.ts';
import { type Estimate, estimate, type Figure, gap, type Words } from '../figure.ts';
import { figureCalled } from '../registry.ts';
import type { Cited, Claim, Saying } from './note.ts';
import { both } from './words.ts';

/** Whom and when a citation speaks of. */
export type Scope = { readonly of: Words; readonly period: Words };

export function figureOf(id: string): Figure {
  return figureCalled(id) as Figure;
}

export function cite(id: string, counts: Readonly<Counts>, scope: Scope): Cited {
  const figure = figureOf(id);
  return citing(figure, estimate(figure, counts), scope, figure.measure.kind === 'difference');
}

/** Of a column alone: a count of its own. */
export function citeColumn(column: Column, counts: Readonly<Counts>, { of, period }: Scope): Cited {
  const count = counts[column] ?? 0;
  const words = wordsOf(column);
  return {
    ...{ figure: column, name: words, formula: words, caveat: null, of, period },
    ...{ unit: 'cases', isDifference: false, value: count, n: count, cases: null },
    ...{ low: null, high: null, method: 'none' },
  };
}

/** The first less the second; null: this figure has no difference. */
export function citeGap(id: string, a: Readonly<Counts>, b: Readonly<Counts>, scope: Scope): Cited | null {
  const figure = figureOf(id);
  const difference = gap(figure, a, b);
  return difference === null ? null : citing(figure, difference, scope, true);
}

function citing(figure: Figure, one: Estimate, { of, period }: Scope, isDifference: boolean): Cited {
  const { name, formula, caveat = null } = figure;
  return { ...one, name, formula, caveat, of, period, isDifference };
}

export function claimOf({ value, low, high, unit }: Cited): Claim {
  if (value === null || low === null || high === null) return 'too_few';
  const [least, most] = [asWritten(low, unit), asWritten(high, unit)];
  if (least > 0) return 'more';
  return most < 0 ? 'less' : 'no_difference';
}

/** Tenths of a point; hundredths of a score; tenths of a second below ten seconds, else seconds. */
function asWritten(value: number, unit: Cited['unit']): number {
  if (unit === 'share') return Math.round(value * 1_000);
  if (unit === 'cases') return value;
  if (unit === 'score') return Math.round(value * 100);
  return Math.abs(value) < 10_000 ? Math.round(value / 100) : Math.round(value / 1_000);
}

export function saying(
  id: string,
  cites: readonly Cited[],
  write: (language: 'en' | 'fr') => string,
  claim: Claim | null = null,
): Saying {
  return { id, text: both(write), cites, claim, entered: null };
}
