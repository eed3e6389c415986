// Chance by law: how long until the next caller, how long a conversation takes, how long somebody is willing to hold.
// Times in ms, not rounded: whole ms belong to the core's stamps. Lognormal by its mean and coefficient of variation.

import { assertNever } from '../../core/assert.ts';
import type { Random } from '../random.ts';

export type Law =
  | { readonly kind: 'exponential'; readonly meanMs: number }
  | { readonly kind: 'lognormal'; readonly meanMs: number; readonly cv: number }
  | { readonly kind: 'constant'; readonly meanMs: number }
  | { readonly kind: 'infinite' };

export type Draw = () => number;

export function drawOf(law: Law, random: Random): Draw {
  switch (law.kind) {
    case 'exponential': {
      const { meanMs } = law;
      return () => -Math.log(1 - random.unit()) * meanMs;
    }
    case 'lognormal': {
      const variance = Math.log(1 + law.cv * law.cv);
      const median = Math.log(law.meanMs) - variance / 2;
      const deviation = Math.sqrt(variance);
      return () => Math.exp(median + deviation * standardNormal(random));
    }
    case 'constant': {
      const { meanMs } = law;
      return () => meanMs;
    }
    case 'infinite':
      return () => Number.POSITIVE_INFINITY;
    default:
      return assertNever(law);
  }
}

export function meanMsOf(law: Law): number {
  return law.kind === 'infinite' ? Number.POSITIVE_INFINITY : law.meanMs;
}

/** Standard normal, by Box and Muller (1958). */
export function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
}
