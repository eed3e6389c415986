// Which figures each part of the page shows and how they are grouped, and the addresses under which the centre tells them.
// It must not know what a figure is: only its id.

import type { reportsPhrases } from './reports-phrases.ts';

/** As it was typed; empty: today. */
export type Period = { readonly from: string; readonly to: string };

export type Part = {
  readonly id: string;
  readonly title: keyof typeof reportsPhrases;
  readonly figures: readonly string[];
  readonly by: '' | 'half-hour' | 'line' | 'phase' | 'language';
};

export const PARTS: readonly Part[] = [
  {
    id: 'funnel',
    title: 'part.funnel',
    figures: [
      'offer_rate',
      'take_rate',
      'callbacks_registered',
      'callbacks_connected',
      'incomplete_callbacks',
    ],
    by: '',
  },
  {
    id: 'waits',
    title: 'part.waits',
    figures: ['speed_of_answer_live', 'speed_of_answer_all'],
    by: 'half-hour',
  },
  { id: 'quotes', title: 'part.quotes', figures: ['quote_inside', 'quote_error', 'quote_bias'], by: 'line' },
  {
    id: 'phases',
    title: 'part.phases',
    figures: ['answer_rate', 'take_rate', 'waits_over_30m'],
    by: 'phase',
  },
  {
    id: 'parity',
    title: 'part.parity',
    figures: ['answer_rate', 'speed_of_answer_all', 'take_rate', 'called_in_turn'],
    by: 'language',
  },
];

/** Of what is given only. */
export function queryOf({ from, to }: Period, more: Readonly<Record<string, string>>): string {
  const given = Object.entries({ from, to, ...more }).filter(([, value]) => value !== '');
  return new URLSearchParams(given).toString();
}

export function reportQuery(
  { figures, by }: Part,
  period: Period,
  more: Readonly<Record<string, string>>,
): string {
  return queryOf(period, { figures: figures.join(','), by, ...more });
}
