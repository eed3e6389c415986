// What a briefing note is before it has a dress: sections of sentences and tables, each in both languages at once, made of
// the same figures. A sentence carries what it cites, so that each number has its formula, n and period, and what it
// claims, so that a test can hold it to its interval. What owners entered is told apart from what was measured.

import type { Method, Unit, Words } from '../figure.ts';

/** A figure, a count or a difference that a sentence stands on. */
export type Cited = {
  readonly figure: string;
  readonly name: Words;
  readonly formula: Words;
  readonly caveat: Words | null;
  /** Of whom: the whole centre, a language, a line and its phase. */
  readonly of: Words;
  /** Of when. */
  readonly period: Words;
  readonly unit: Unit;
  readonly isDifference: boolean;
  readonly value: number | null;
  readonly n: number;
  readonly cases: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly method: Method;
};

/** What a sentence says of a difference: `more` and `less` only where the interval leaves no doubt. */
export type Claim = 'more' | 'less' | 'no_difference' | 'too_few';

/** `claim`, where there is one, is of the difference cited last. */
export type Saying = {
  readonly id: string;
  readonly text: Words;
  readonly cites: readonly Cited[];
  readonly claim: Claim | null;
  /** Entered, not measured: by whom it was said, and when. */
  readonly entered: { readonly source: Words; readonly date: Words } | null;
};

export type Table = {
  readonly caption: Words;
  readonly head: readonly Words[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly Words[])[];
};

export type Part = {
  readonly heading: Words | null;
  readonly lead: Words | null;
  readonly sayings: readonly Saying[];
  readonly table: Table | null;
};

export type SectionId = 'issue' | 'key_messages' | 'facts' | 'context';

export type Section = { readonly id: SectionId; readonly heading: Words; readonly parts: readonly Part[] };

export type Note = {
  /** `Briefing note`. */
  readonly form: Words;
  readonly title: Words;
  readonly period: Words;
  readonly sections: readonly Section[];
  /** Every figure that is cited, once, in the order in which the text needs it: its place is its number, from 1. */
  readonly annex: readonly Cited[];
  /** That nothing was lost: the equations with their counts. */
  readonly conservation: readonly Words[];
  readonly closing: Words;
};

/** The number of a citation in the annex. */
export function numberIn(annex: readonly Cited[], cited: Cited): number {
  return annex.findIndex((one) => keyOf(one) === keyOf(cited)) + 1;
}

export function keyOf({ figure, of, period, isDifference }: Cited): string {
  return JSON.stringify([figure, of.en, period.en, isDifference]);
}
