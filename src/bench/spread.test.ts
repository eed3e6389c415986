// Quantiles by the nearest rank: always a time that was measured.

import { expect, test } from 'vitest';
import { medianOf, rounded, spreadOf } from './spread.ts';

test('a quantile is one of the values, whatever their order', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(spreadOf(hundred)).toEqual({ p50: 50, p95: 95, p99: 99 });
  expect(spreadOf([7])).toEqual({ p50: 7, p95: 7, p99: 7 });
  expect(medianOf([30, 10, 20])).toBe(20);
  expect(hundred[0]).toBe(100);
});

test('nothing measured is a bug, not a zero', () => {
  expect(() => medianOf([])).toThrow();
});

test('a figure has no more digits than it deserves', () => {
  expect(rounded(1 / 3)).toBe(0.33);
  expect(rounded(2.5, 0)).toBe(3);
});
