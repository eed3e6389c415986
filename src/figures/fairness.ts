// Fairness beyond its means: how the system's slip, and all of the delay beyond the virtual turn, were spread over completed
// callbacks. A percentile is the delay of a real callback (nearest rank), and is told only where at least one callback lies
// beyond it: the 99th of ten would be their worst. It must not know where the delays come from.

import type { Words } from './figure.ts';

export const PERCENTILES = [50, 90, 99] as const;
export type Percentile = (typeof PERCENTILES)[number];

/** Whole ms; null: too few callbacks to tell. */
export type Spread = Readonly<Record<`p${Percentile}`, number | null>>;

export type Fairness = {
  /** Completed callbacks behind it. */
  readonly n: number;
  readonly slip: Spread;
  /** Slip, the client's own delay and the owners'; ringing apart. */
  readonly beyond: Spread;
};

const NOTHING: Spread = { p50: null, p90: null, p99: null };
export const NO_FAIRNESS: Fairness = { n: 0, slip: NOTHING, beyond: NOTHING };

export const SPREAD_WORDS: Readonly<
  Record<'slip' | 'beyond', { readonly name: Words; readonly formula: Words }>
> = {
  slip: {
    name: { en: 'system slip', fr: 'retard dû au système' },
    formula: {
      en: 'nearest rank of the slip of each callback connected',
      fr: 'rang le plus proche du retard de chaque rappel effectué',
    },
  },
  beyond: {
    name: { en: 'delay beyond the virtual turn', fr: 'retard après le tour virtuel' },
    formula: {
      en: 'nearest rank of system slip + delay from the client’s own side + delay over closing or by the owners, of each callback connected; ringing apart',
      fr: 'rang le plus proche du retard dû au système + retard du fait du client + retard dû à la fermeture ou aux responsables, de chaque rappel effectué; sonnerie à part',
    },
  },
};

/** `found`: the nearest ranks for PERCENTILES, as PostgreSQL's percentile_disc finds them. */
export function spreadOf(n: number, found: readonly number[]): Spread {
  const told = PERCENTILES.map((percentile, i) => {
    const rank = Math.ceil((percentile * n) / 100);
    return rank < n ? (found[i] ?? null) : null;
  });
  const [p50 = null, p90 = null, p99 = null] = told;
  return { p50, p90, p99 };
}
