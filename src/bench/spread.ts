// How times are told: middle, slow and slowest hundredth, by the nearest rank, so that each is a time that was measured.
// It must not know what was measured.

import { assert } from '../core/assert.ts';

export type Spread = { readonly p50: number; readonly p95: number; readonly p99: number };

/** Quantiles of these, in their unit, rounded to hundredths. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) };
}

export function medianOf(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** Nearest rank: the smallest value that at least this share of all does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  assert(sorted.length > 0, 'something was measured');
  return rounded(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
