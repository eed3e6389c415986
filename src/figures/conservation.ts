// Nothing is lost and nothing counted twice: the equations that hold in every cell, and so in every sum of cells. Printed
// with every report. A side that does not match is a bug of ours, and is told, never mended in silence.

import { type Column, type Counts, INCOMPLETE_CAUSES, sumOf, type Term, wordsOf } from './column.ts';
import { EXPIRED } from './terms.ts';
import { type Writing, writeWhole } from './written.ts';

export type Equation = {
  readonly id: 'calls' | 'returns' | 'transfers' | 'callbacks' | 'calls_again' | 'persons';
  readonly left: readonly Column[];
  readonly right: readonly Column[];
};

export const EQUATIONS: readonly Equation[] = [
  {
    id: 'calls',
    left: ['asked'],
    right: [
      'refused_full',
      'refused_closed',
      'refused_other',
      'abandoned',
      'abandoned_short',
      'answered_live',
      'registered',
      'waiting',
      'merged',
      'gone_unseen',
    ],
  },
  {
    id: 'returns',
    left: ['rejoined'],
    right: [
      'rejoined_waiting',
      'rejoined_answered',
      'rejoined_abandoned',
      'rejoined_refused',
      'rejoined_registered',
      'rejoined_merged',
      'rejoined_unseen',
    ],
  },
  {
    id: 'transfers',
    left: ['transferred'],
    right: [
      'transferred_waiting',
      'transferred_answered',
      'transferred_abandoned',
      'transferred_refused',
      'transferred_registered',
      'transferred_merged',
      'transferred_unseen',
    ],
  },
  {
    id: 'callbacks',
    left: ['registered', 'rejoined_registered', 'transferred_registered', 'asked_by_page'],
    right: [
      'connected',
      ...INCOMPLETE_CAUSES.map((cause): Column => `incomplete_${cause}`),
      'cancelled_by_client',
      'cancelled_to_hold',
      'cancelled_never_call',
      'cancelled_by_centre',
      ...EXPIRED,
      'pending',
    ],
  },
  {
    id: 'calls_again',
    left: ['again_agreed'],
    right: ['again_reached', 'again_missed', 'again_cancelled', 'again_expired', 'again_waiting'],
  },
  {
    id: 'persons',
    left: ['persons'],
    right: [
      'persons_1_call',
      'persons_2_calls',
      'persons_3_calls',
      'persons_4_calls',
      'persons_5_to_10_calls',
      'persons_over_10_calls',
    ],
  },
];

export type Balance = {
  readonly equation: Equation['id'];
  readonly left: number;
  readonly right: number;
  readonly holds: boolean;
  /** Both sides, column by column. */
  readonly counts: Readonly<Partial<Record<Column, number>>>;
};

export function balanceOf(counts: Readonly<Counts>): Balance[] {
  const total = (columns: readonly Term[]): number => sumOf(counts, columns);
  return EQUATIONS.map(({ id, left, right }) => ({
    equation: id,
    left: total(left),
    right: total(right),
    holds: total(left) === total(right),
    counts: Object.fromEntries([...left, ...right].map((column) => [column, counts[column] ?? 0])),
  }));
}

/** `asked for an agent 12 = refused: the line was full 2 + answered live 10`: what is nought is left out on the right. */
export function writeBalance({ equation, counts }: Balance, language: Writing): string {
  const { left, right } = EQUATIONS.find(({ id }) => id === equation) as Equation;
  const term = (column: Column): string =>
    `${wordsOf(column)[language]} ${writeWhole(counts[column] ?? 0, language)}`;
  const told = right.filter((column) => (counts[column] ?? 0) !== 0);
  const side = (columns: readonly Column[]): string => columns.map(term).join(' + ');
  return `${side(left)} = ${told.length === 0 ? 0 : side(told)}`;
}
