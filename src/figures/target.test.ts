// Targets: where a figure stands, and what may be foretold of it. What is too little is said to be.

import { expect, test } from 'vitest';
import { type Month, progressOf } from './target.ts';

const TARGET = { figure: 'answer_rate', goal: 0.5, by: '2021-03' };

/** Whole months from April 2020 with these answer rates, of so many calls. */
function months(rates: readonly number[], asked = 100_000): Month[] {
  return rates.map((rate, i) => ({
    month: `${i < 9 ? 2020 : 2021}-${String(((i + 3) % 12) + 1).padStart(2, '0')}`,
    isWhole: true,
    counts: { asked, answered_live: Math.round(asked * rate) },
  }));
}

test('no month, and months that are not whole, say nothing', () => {
  expect(progressOf(TARGET, [])).toMatchObject({
    month: null,
    stand: 'cannot_be_said',
    outlook: { kind: 'too_few_months', months: 0 },
  });
  const cut = months([0.4, 0.5]).map((month) => ({ ...month, isWhole: false }));
  expect(progressOf(TARGET, cut).measured).toBeNull();
});

test('three months are too few; four, and as far ahead again, are enough', () => {
  expect(progressOf(TARGET, months([0.3, 0.35, 0.4])).outlook).toEqual({ kind: 'too_few_months', months: 3 });
  expect(progressOf(TARGET, months([0.3, 0.35, 0.4, 0.45])).outlook).toEqual({ kind: 'too_far', months: 4 });
  expect(progressOf({ ...TARGET, by: '2020-11' }, months([0.3, 0.35, 0.4, 0.45])).outlook.kind).toBe(
    'on_course',
  );
});

test('a clear trend is on course, a flat one is not, a wild one cannot be said', () => {
  expect(progressOf(TARGET, months([0.3, 0.34, 0.38, 0.41, 0.45, 0.49, 0.53])).outlook.kind).toBe(
    'on_course',
  );
  expect(progressOf(TARGET, months([0.3, 0.31, 0.3, 0.31, 0.3, 0.31, 0.3])).outlook.kind).toBe('off_course');
  expect(progressOf(TARGET, months([0.2, 0.6, 0.3, 0.5, 0.25, 0.7, 0.4])).outlook.kind).toBe('undecided');
});

test('the forecast of one more month, by hand', () => {
  // 1, 2, 2, 3 of ten at x = 0..3: slope 0.06, mean 0.2, rest 0.002; at x = 4: 0.35 +- 4.3027 * sqrt(0.001) * sqrt(2.5).
  const { outlook } = progressOf({ ...TARGET, by: '2020-08' }, months([0.1, 0.2, 0.2, 0.3]));
  expect(outlook).toMatchObject({ kind: 'undecided', months: 4 });
  const { low, high } = outlook as { low: number; high: number };
  expect((low + high) / 2).toBeCloseTo(0.35, 6);
  expect(high - 0.35).toBeCloseTo(4.302652729911275 * Math.sqrt(0.001) * Math.sqrt(2.5), 6);
});

test('reached and not reached only where the interval leaves no doubt', () => {
  expect(progressOf(TARGET, months([0.51], 100)).stand).toBe('cannot_be_said');
  expect(progressOf(TARGET, months([0.51])).stand).toBe('reached');
  expect(progressOf(TARGET, months([0.49])).stand).toBe('not_reached');
});

test('a month after the one of the target is not looked at; at the end it is due', () => {
  const all = months([0.4, 0.42, 0.44, 0.46, 0.48, 0.5, 0.52, 0.54, 0.56, 0.58, 0.6, 0.62]);
  expect(progressOf(TARGET, all)).toMatchObject({ month: '2021-03', outlook: { kind: 'due' } });
  expect(progressOf({ ...TARGET, by: '2020-05' }, all).month).toBe('2020-05');
});

test('less is better where the figure says so', () => {
  const refused = { figure: 'refused', goal: 0.1, by: '2020-04' };
  const month = { month: '2020-04', isWhole: true, counts: { asked: 10_000, refused_full: 500 } };
  expect(progressOf(refused, [month])).toMatchObject({ better: 'less', stand: 'reached' });
});
