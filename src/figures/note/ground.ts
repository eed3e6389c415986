// What a note is made of: counts of a period as a whole, by language, by stretch of phase and by month, and what the owners
// entered. Plain data that the records read; nothing is computed here.

import type { Counts } from '../column.ts';
import type { Fairness } from '../fairness.ts';
import type { Words } from '../figure.ts';
import type { Month, Target } from '../target.ts';

export type OwnerValue = {
  readonly amount: number;
  readonly unit: 'dollars' | 'share' | 'points' | 'count' | 'millions' | 'fte' | 'year';
};

/** What no journal can know: a budget, a survey of the year, an auditor's finding. */
export type OwnerFact = {
  readonly section: 'facts' | 'context';
  /** `{name}` stands for a value, which is written as each language writes it. */
  readonly text: Words;
  readonly values: Readonly<Record<string, OwnerValue>>;
  readonly source: Words;
  /** `2019`, `2019-03` or `2019-03-31`. */
  readonly date: string;
};

export type OwnerWords = {
  readonly title: Words | null;
  readonly issue: Words | null;
  readonly facts: readonly OwnerFact[];
  readonly targets: readonly Target[];
};

export const NO_OWNER_WORDS: OwnerWords = { title: null, issue: null, facts: [], targets: [] };

/** Local times as `2019-04-17 00:00`; `to` is where it ends, `lastDay` the day before if it ends at midnight. */
export type Span = { readonly from: string; readonly to: string; readonly lastDay: string | null };

export type GroundStretch = {
  readonly line: string;
  /** `before`, `phase 1`, `pause 1`, ... */
  readonly name: string;
  /** Cut to the period. */
  readonly span: Span;
  /** It begins within the period, and did not only go on. */
  readonly beginsWithin: boolean;
  readonly counts: Readonly<Counts>;
};

export type NoteGround = {
  readonly span: Span;
  readonly timeZone: string;
  readonly total: Readonly<Counts>;
  readonly english: Readonly<Counts>;
  readonly french: Readonly<Counts>;
  readonly lines: readonly { readonly id: string; readonly name: Words }[];
  /** In the order of lines, then of time. */
  readonly stretches: readonly GroundStretch[];
  /** Up to the end of the period, also from before it. */
  readonly months: readonly Month[];
  readonly fairness: Fairness;
  readonly owner: OwnerWords;
  /** The last fact that is in it. */
  readonly seq: number;
};
