// Intervals against published examples: Newcombe (1998), tables of Student's t, and a worked Welch test.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanBounds, newcombe, sampleOf, studentT, welch, wilson } from './bounds.ts';

describe('Wilson', () => {
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (cases, n, low, high) => {
    const bounds = wilson(cases, n);
    expect(bounds?.low).toBeCloseTo(low, 4);
    expect(bounds?.high).toBeCloseTo(high, 4);
  });

  test('none from one case, none from none', () => {
    expect(wilson(0, 0)).toBeNull();
    expect(wilson(1, 1)).toBeNull();
  });

  test('holds the share, within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (a, b) => {
        const n = a + b + 2;
        const { low, high } = wilson(a, n) as { low: number; high: number };
        expect(low).toBeLessThanOrEqual(a / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(a / n - 1e-12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

// Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [5, 56, 0, 29, -0.0381, 0.1926],
])('Newcombe: %i of %i less %i of %i', (a, nA, b, nB, low, high) => {
  const bounds = newcombe(a, nA, b, nB);
  expect(bounds?.low).toBeCloseTo(low, 4);
  expect(bounds?.high).toBeCloseTo(high, 4);
});

test.each([
  [1, 12.7062],
  [2, 4.3027],
  [3, 3.1824],
  [4, 2.7764],
  [10, 2.2281],
  [30, 2.0423],
  [120, 1.9799],
  [1e6, 1.96],
])('t for %i degrees of freedom', (freedom, t) => {
  expect(Math.abs(studentT(freedom) / t - 1)).toBeLessThan(0.0015);
});

describe('means', () => {
  const sample = (values: readonly number[]) =>
    sampleOf(
      values.length,
      values.reduce((sum, x) => sum + x, 0),
      values.reduce((sum, x) => sum + x * x, 0),
    );
  const slow = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
  const quick = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4];

  test('Welch: t = -2.46, 25.0 degrees of freedom, from -4.08 to -0.36', () => {
    const a = sample(slow);
    const b = sample(quick);
    expect(a.mean - b.mean).toBeCloseTo(-2.17, 1);
    const bounds = welch(a, b);
    const half = Math.abs(a.mean - b.mean) / 2.46;
    expect(bounds?.low).toBeCloseTo(a.mean - b.mean - half * 2.06, 1);
    expect(bounds?.high).toBeCloseTo(a.mean - b.mean + half * 2.06, 1);
  });

  test('Student: the mean of ten', () => {
    const bounds = meanBounds(sample([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(bounds?.low).toBeCloseTo(5.5 - 2.2622 * 0.9574, 2);
    expect(bounds?.high).toBeCloseTo(5.5 + 2.2622 * 0.9574, 2);
  });

  test('no interval from one case, and no width where all are the same', () => {
    expect(meanBounds(sample([7]))).toBeNull();
    expect(welch(sample([7]), sample([1, 2]))).toBeNull();
    expect(meanBounds(sample([7, 7, 7]))).toEqual({ low: 7, high: 7 });
  });
});
